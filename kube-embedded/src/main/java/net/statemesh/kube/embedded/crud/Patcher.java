// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.crud;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import net.statemesh.kube.embedded.apply.Ownership;
import net.statemesh.kube.embedded.object.Meta;
import net.statemesh.kube.embedded.patch.JsonPatch;
import net.statemesh.kube.embedded.patch.MergePatch;
import net.statemesh.kube.embedded.patch.StrategicMerge;
import net.statemesh.kube.embedded.request.Body;
import net.statemesh.kube.embedded.request.ResourceCall;
import net.statemesh.kube.embedded.status.ApiException;
import net.statemesh.kube.embedded.store.ObjectStore;
import net.statemesh.kube.embedded.view.Presenter;

/** patch: JSON, merge, strategic merge, and server-side apply. */
final class Patcher {
    static final String JSON = "application/json-patch+json";
    static final String MERGE = "application/merge-patch+json";
    static final String STRATEGIC = "application/strategic-merge-patch+json";
    static final String APPLY = "application/apply-patch+yaml";

    private final ObjectStore store;
    private final Intake intake;
    private final Creator creator;
    private final Updater updater;
    private final BiFunction<ResourceCall, ObjectNode, ObjectNode> created;

    Patcher(
            ObjectStore store,
            Intake intake,
            Creator creator,
            Updater updater,
            BiFunction<ResourceCall, ObjectNode, ObjectNode> created) {
        this.store = store;
        this.intake = intake;
        this.creator = creator;
        this.updater = updater;
        this.created = created;
    }

    void patch(ResourceCall call, Presenter presenter) {
        String type = Body.mediaType(call.http());
        if (type.equals(APPLY)) {
            apply(call, presenter);
            return;
        }
        UnaryOperator<ObjectNode> patch = operator(call, type);
        call.exchange().json(200, presenter.present(updater.update(call, patch)));
    }

    /** What a patch of any type but apply makes of an object. */
    UnaryOperator<ObjectNode> operator(ResourceCall call, String mediaType) {
        boolean strategic = mediaType.equals(STRATEGIC) && !call.type().isCustom();
        if (!strategic && !mediaType.equals(JSON) && !mediaType.equals(MERGE)) {
            throw ApiException.of(
                    415,
                    "UnsupportedMediaType",
                    "the body of the request was in an unknown format - accepted media types include: " + JSON + ", "
                            + MERGE + (call.type().isCustom() ? "" : ", " + STRATEGIC) + ", " + APPLY);
        }
        JsonNode patch = Body.json(call.http().body());
        return object -> {
            JsonNode patched = switch (mediaType) {
                case JSON -> JsonPatch.apply(object, patch);
                case MERGE -> MergePatch.apply(object, patch.deepCopy());
                default ->
                    StrategicMerge.apply(object, asObject(patch), call.type().schema());
            };
            ObjectNode result = intake.accept(call, asObject(patched));
            if (!Meta.name(result).equals(call.path().name())) {
                throw ApiException.badRequest("the name of the object (" + Meta.name(result)
                        + ") does not match the name on the URL (" + call.path().name() + ")");
            }
            if (call.type().namespaced() && !Meta.namespace(result).equals(call.namespace())) {
                throw ApiException.badRequest(
                        "the namespace of the provided object does not match the namespace sent on the request");
            }
            return result;
        };
    }

    private void apply(ResourceCall call, Presenter presenter) {
        if (call.http().parameter("fieldManager").isEmpty()) {
            throw ApiException.badRequest(
                    "PatchOptions.meta.k8s.io \"\" is invalid: fieldManager: Required value: is required for"
                            + " apply patch");
        }
        ObjectNode config = config(call);
        boolean force = call.http().flag("force");
        if (store.get(call.key()) == null) {
            if (!call.path().subresource().isEmpty()) {
                throw call.notFound(call.path().name());
            }
            if (created(call, presenter, config, force)) {
                return;
            }
        }
        String version = Meta.resourceVersion(config);
        ObjectNode result = updater.updateApplied(call, live -> {
            ObjectNode applied = Ownership.apply(live, config, updater.owner(call), force);
            if (!version.isEmpty()) {
                Meta.of(applied).put("resourceVersion", version);
            }
            return applied;
        });
        call.exchange().json(200, presenter.present(result));
    }

    /** Creates what is applied; false when somebody else was faster, so that there is something to apply to. */
    private boolean created(ResourceCall call, Presenter presenter, ObjectNode config, boolean force) {
        try {
            create(call, presenter, config.deepCopy(), force);
            return true;
        } catch (ApiException e) {
            if (e.reason().equals("AlreadyExists")) {
                return false;
            }
            throw e;
        }
    }

    private void create(ResourceCall call, Presenter presenter, ObjectNode config, boolean force) {
        if (!Meta.resourceVersion(config).isEmpty()) {
            throw call.modified(call.path().name());
        }
        if (!Meta.uid(config).isEmpty()) {
            throw ApiException.conflict(
                    call.type().group(),
                    call.type().plural(),
                    call.path().name(),
                    "uid mismatch: the provided object specified uid " + Meta.uid(config)
                            + ", and no existing object was found");
        }
        ObjectNode tree = Ownership.apply(null, config, updater.owner(call), force);
        call.exchange().json(201, presenter.present(created.apply(call, creator.createApplied(call, tree))));
    }

    private ObjectNode config(ResourceCall call) {
        ObjectNode config = asObject(Body.yaml(call.http().body()));
        if (config.path("kind").asText("").isEmpty()
                || config.path("apiVersion").asText("").isEmpty()) {
            throw ApiException.badRequest("an applied configuration must have apiVersion and kind; expected "
                    + call.type().apiVersion() + " " + call.type().kind());
        }
        ObjectNode accepted = intake.accept(call, config);
        ObjectNode metadata = Meta.of(accepted);
        String name = metadata.path("name").asText("");
        if (!name.isEmpty() && !name.equals(call.path().name())) {
            throw ApiException.badRequest("the name of the object (" + name + ") does not match the name on the URL ("
                    + call.path().name() + ")");
        }
        metadata.put("name", call.path().name());
        if (call.type().namespaced()) {
            String namespace = metadata.path("namespace").asText("");
            if (!namespace.isEmpty() && !namespace.equals(call.namespace())) {
                throw ApiException.badRequest(
                        "the namespace of the provided object does not match the namespace sent on the request");
            }
            metadata.put("namespace", call.namespace());
        }
        return accepted;
    }

    private static ObjectNode asObject(JsonNode tree) {
        if (tree instanceof ObjectNode object) {
            return object;
        }
        throw ApiException.badRequest("the patch and its result must be objects");
    }
}
