// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.exact;

import io.fabric8.kubernetes.api.model.DeleteOptions;
import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;

/**
 * Deletes an object as it was seen. A request that arrives late, from a leader that is none any more for example, must end neither
 * another object of the same name nor one about which more is known by now.
 */
public final class ExactDeletion {
    private static final long AT_ONCE = 0;

    private ExactDeletion() {}

    /** This very object, whatever it says by now. Nothing happens when it is gone. */
    public static void delete(KubernetesClient client, HasMetadata seen) {
        send(client, seen, preconditions(seen).build());
    }

    /** This very pod, with the time to end that it asks for. Fabric8's exception with code 409 when it was changed meanwhile. */
    public static void end(KubernetesClient client, Pod seen) {
        send(client, seen, unchanged(seen).build());
    }

    /** The same for a pod whose node is gone: nobody is left to confirm its end. */
    public static void endAtOnce(KubernetesClient client, Pod seen) {
        send(client, seen, unchanged(seen).withGracePeriodSeconds(AT_ONCE).build());
    }

    private static DeleteOptionsBuilder unchanged(Pod seen) {
        return preconditions(seen)
                .editPreconditions()
                .withResourceVersion(seen.getMetadata().getResourceVersion())
                .endPreconditions();
    }

    private static DeleteOptionsBuilder preconditions(HasMetadata seen) {
        return new DeleteOptionsBuilder()
                .withNewPreconditions()
                .withUid(seen.getMetadata().getUid())
                .endPreconditions();
    }

    private static void send(KubernetesClient client, HasMetadata seen, DeleteOptions options) {
        String version = seen.getApiVersion();
        String namespace = seen.getMetadata().getNamespace();
        client.raw(
                (version.contains("/") ? "/apis/" : "/api/") + version
                        + (namespace == null ? "" : "/namespaces/" + namespace)
                        + "/" + seen.getPlural()
                        + "/" + seen.getMetadata().getName(),
                "DELETE",
                options);
    }
}
