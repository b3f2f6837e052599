// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.crud;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import net.statemesh.kube.embedded.crd.Scale;
import net.statemesh.kube.embedded.patch.JsonPatch;
import net.statemesh.kube.embedded.patch.MergePatch;
import net.statemesh.kube.embedded.request.Body;
import net.statemesh.kube.embedded.request.ResourceCall;
import net.statemesh.kube.embedded.status.ApiException;
import net.statemesh.kube.embedded.store.ObjectStore;
import net.statemesh.kube.embedded.store.StoredObject;

/** {@code .../NAME/scale}. */
final class ScaleSubresource implements ResourceService.Subresource {
    private final ObjectStore store;
    private final Updater updater;

    ScaleSubresource(ObjectStore store, Updater updater) {
        this.store = store;
        this.updater = updater;
    }

    @Override
    public void serve(ResourceCall call) {
        ObjectNode object = switch (call.verb()) {
            case GET -> {
                StoredObject seen = store.get(call.key());
                if (seen == null) {
                    throw call.notFound(call.path().name());
                }
                yield seen.tree();
            }
            case UPDATE -> {
                ObjectNode scale = Body.object(call.http());
                yield updater.update(call, before -> Scale.apply(call.type(), before, scale));
            }
            case PATCH ->
                updater.update(
                        call, before -> Scale.apply(call.type(), before, patched(call, Scale.of(call.type(), before))));
            default -> throw ApiException.methodNotAllowed();
        };
        call.exchange().json(200, Scale.of(call.type(), object));
    }

    private static JsonNode patched(ResourceCall call, ObjectNode scale) {
        JsonNode patch = Body.json(call.http().body());
        scale.withObject("/metadata").remove("resourceVersion");
        return switch (Body.mediaType(call.http())) {
            case Patcher.JSON -> JsonPatch.apply(scale, patch);
            case Patcher.MERGE, Patcher.STRATEGIC -> MergePatch.apply(scale, patch);
            default ->
                throw ApiException.of(
                        415,
                        "UnsupportedMediaType",
                        "accepted media types include: " + Patcher.JSON + ", " + Patcher.MERGE);
        };
    }
}
