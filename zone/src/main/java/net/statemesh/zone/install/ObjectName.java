// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.install;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Locale;
import java.util.Objects;

/**
 * Which object.
 *
 * @param apiVersion for example {@code rbac.authorization.k8s.io/v1}
 * @param namespace empty for what belongs to the whole cluster
 */
record ObjectName(String apiVersion, String kind, String namespace, String name) {
    static ObjectName of(HasMetadata object) {
        return new ObjectName(
                object.getApiVersion(),
                object.getKind(),
                Objects.requireNonNullElse(object.getMetadata().getNamespace(), ""),
                object.getMetadata().getName());
    }

    /** As {@link #toString} writes it. */
    static ObjectName parse(String line) {
        String[] parts = line.split(" ", -1);
        if (parts.length != 3 || !parts[2].contains("/")) {
            throw new IllegalArgumentException("'" + line + "' is not 'APIVERSION KIND NAMESPACE/NAME'");
        }
        int slash = parts[2].indexOf('/');
        return new ObjectName(parts[0], parts[1], parts[2].substring(0, slash), parts[2].substring(slash + 1));
    }

    /** For people, for example {@code clusterrole statemesh-master}. */
    String spoken() {
        return kind.toLowerCase(Locale.ROOT) + " " + (namespace.isEmpty() ? "" : namespace + "/") + name;
    }

    @Override
    public String toString() {
        return apiVersion + " " + kind + " " + namespace + "/" + name;
    }
}
