// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.exact;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.EditReplacePatchable;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Changes an object of a built-in kind as it was seen: the patch names its uid and version, so that neither another object of the same
 * name nor a newer state is written over. Otherwise Fabric8's exception, with code 409 or 422.
 */
public final class ExactPatch {
    private static final PatchContext STRATEGIC = PatchContext.of(PatchType.STRATEGIC_MERGE);

    private ExactPatch() {}

    public static <T extends HasMetadata> T annotate(KubernetesClient client, T seen, Map<String, String> annotations) {
        Map<String, Object> metadata = identity(seen);
        metadata.put("annotations", annotations);
        return patch(client, client.resource(seen), Map.of("metadata", metadata));
    }

    /** Changes fields of the status; conditions are merged by their types. */
    public static <T extends HasMetadata> T status(KubernetesClient client, T seen, Map<String, ?> changes) {
        return patch(
                client,
                client.resource(seen).subresource("status"),
                Map.of("metadata", identity(seen), "status", changes));
    }

    private static Map<String, Object> identity(HasMetadata seen) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("uid", seen.getMetadata().getUid());
        metadata.put("resourceVersion", seen.getMetadata().getResourceVersion());
        return metadata;
    }

    private static <T> T patch(KubernetesClient client, EditReplacePatchable<T> target, Map<String, ?> changes) {
        return target.patch(STRATEGIC, client.getKubernetesSerialization().asJson(changes));
    }
}
