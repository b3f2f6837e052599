// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.authn;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import net.statemesh.kube.embedded.object.Json;
import net.statemesh.kube.embedded.object.Meta;
import net.statemesh.kube.embedded.status.ApiException;
import net.statemesh.kube.embedded.status.Cause;
import net.statemesh.kube.embedded.store.ObjectKey;
import net.statemesh.kube.embedded.store.ObjectStore;
import net.statemesh.kube.embedded.store.StoredObject;

/** {@code serviceaccounts/NAME/token}. */
public final class TokenRequests {
    private static final long DEFAULT_SECONDS = 3600;

    private final ServiceAccountTokens tokens;
    private final ObjectStore store;
    private final InstantSource clock;

    public TokenRequests(ServiceAccountTokens tokens, ObjectStore store, InstantSource clock) {
        this.tokens = tokens;
        this.store = store;
        this.clock = clock;
    }

    /** Completes a TokenRequest with a token of an account. */
    public ObjectNode answer(ObjectKey account, ObjectNode request) {
        StoredObject found = store.get(account);
        if (found == null) {
            throw ApiException.notFound("", "serviceaccounts", account.name());
        }
        ObjectNode spec = Json.child(request, "spec");
        JsonNode wanted = spec.path("expirationSeconds");
        long seconds = wanted.isIntegralNumber() ? wanted.asLong() : DEFAULT_SECONDS;
        if (seconds < ServiceAccountTokens.MIN_SECONDS || seconds > ServiceAccountTokens.MAX_SECONDS) {
            throw ApiException.invalid(
                    "authentication.k8s.io",
                    "TokenRequest",
                    account.name(),
                    List.of(Cause.invalid(
                            "spec.expirationSeconds",
                            Long.toString(seconds),
                            seconds < ServiceAccountTokens.MIN_SECONDS
                                    ? "may not specify a duration less than 10 minutes"
                                    : "may not specify a duration larger than 2^32 seconds")));
        }
        ObjectNode bound = bound(account, spec.path("boundObjectRef"));
        String token = tokens.issue(found.tree(), spec.path("audiences"), seconds, bound);
        Instant expires = clock.instant().plusSeconds(seconds);
        if (spec.path("audiences").isEmpty()) {
            spec.putArray("audiences").add(ServiceAccountTokens.ISSUER);
        }
        spec.put("expirationSeconds", seconds);
        request.put("kind", "TokenRequest").put("apiVersion", "authentication.k8s.io/v1");
        Json.child(request, "metadata").put("name", account.name()).put("namespace", account.namespace());
        request.putObject("status").put("token", token).put("expirationTimestamp", Meta.time(expires));
        return request;
    }

    private ObjectNode bound(ObjectKey account, JsonNode reference) {
        if (reference.isMissingNode() || reference.isNull()) {
            return Json.object();
        }
        String kind = reference.path("kind").asText();
        if (!List.of("Pod", "Secret").contains(kind)) {
            throw ApiException.badRequest("cannot bind token to object of type " + kind + "; accepted: Pod, Secret");
        }
        String resource = kind.equals("Pod") ? "pods" : "secrets";
        String name = reference.path("name").asText();
        StoredObject object = store.get(new ObjectKey(resource, account.namespace(), name));
        if (object == null) {
            throw ApiException.notFound("", resource, name);
        }
        String uid = reference.path("uid").asText(Meta.uid(object.tree()));
        if (!uid.equals(Meta.uid(object.tree()))) {
            throw ApiException.conflict(
                    "",
                    resource,
                    name,
                    "the UID in the bound object reference (" + uid
                            + ") does not match the UID in record. The object might have been deleted and then recreated");
        }
        boolean foreign = kind.equals("Pod")
                && !Json.text(object.tree(), "spec", "serviceAccountName").equals(account.name());
        if (foreign) {
            throw ApiException.badRequest("cannot bind token for serviceaccount \"" + account.name()
                    + "\" to pod running with different serviceaccount name.");
        }
        return Json.object().put("kind", kind).put("name", name).put("uid", uid);
    }
}
