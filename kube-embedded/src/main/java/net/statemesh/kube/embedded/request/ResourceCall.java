// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.request;

import java.util.List;
import net.statemesh.kube.embedded.authn.User;
import net.statemesh.kube.embedded.http.ApiRequest;
import net.statemesh.kube.embedded.http.Exchange;
import net.statemesh.kube.embedded.resource.ResourceType;
import net.statemesh.kube.embedded.status.ApiException;
import net.statemesh.kube.embedded.status.Cause;
import net.statemesh.kube.embedded.store.ObjectKey;

/** One authorised request on a resource. */
public record ResourceCall(
        ApiRequest http, Exchange exchange, User user, Verb verb, ResourcePath path, ResourceType type) {

    public ObjectKey key() {
        return type.key(path.namespace(), path.name());
    }

    /** Namespace of the objects meant: empty for all namespaces and for cluster-scoped kinds. */
    public String namespace() {
        return type.namespaced() ? path.namespace() : "";
    }

    public boolean dryRun() {
        List<String> values = http.query().getOrDefault("dryRun", List.of());
        for (String value : values) {
            if (!value.equals("All")) {
                throw ApiException.invalid(
                        "meta.k8s.io",
                        verb.optionsKind(),
                        "",
                        List.of(Cause.notSupported("dryRun", value, List.of("All"))));
            }
        }
        return !values.isEmpty();
    }

    /** Who the managed fields belong to: the parameter, else the program part of the user agent. */
    public String fieldManager() {
        String named = http.parameter("fieldManager");
        if (named.length() > 128) {
            throw ApiException.badRequest("fieldManager: Too long: may not be more than 128 bytes");
        }
        if (!named.isEmpty()) {
            return named;
        }
        String agent = http.header("User-Agent");
        int slash = agent.indexOf('/');
        String program = slash < 0 ? agent : agent.substring(0, slash);
        return program.isEmpty() ? "unknown" : program.substring(0, Math.min(program.length(), 128));
    }

    public ApiException notFound(String name) {
        return ApiException.notFound(type.group(), type.plural(), name);
    }

    public ApiException modified(String name) {
        return ApiException.modified(type.group(), type.plural(), name);
    }
}
