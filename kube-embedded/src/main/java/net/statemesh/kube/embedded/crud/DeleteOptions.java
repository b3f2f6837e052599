// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.crud;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import net.statemesh.kube.embedded.http.ApiRequest;
import net.statemesh.kube.embedded.object.Json;
import net.statemesh.kube.embedded.object.Meta;
import net.statemesh.kube.embedded.request.Body;
import net.statemesh.kube.embedded.resource.ResourceType;
import net.statemesh.kube.embedded.status.ApiException;
import net.statemesh.kube.embedded.status.Cause;
import net.statemesh.kube.embedded.store.StoredObject;

/** Options of a deletion, from the body or from query parameters. */
public final class DeleteOptions {
    private final JsonNode body;
    private final Propagation propagation;
    private final long grace;

    /** What happens to objects owned by the deleted one. */
    enum Propagation {
        FOREGROUND,
        BACKGROUND,
        ORPHAN,
        UNSET
    }

    private DeleteOptions(JsonNode body, Propagation propagation, long grace) {
        this.body = body;
        this.propagation = propagation;
        this.grace = grace;
    }

    public static DeleteOptions of(ApiRequest request) {
        JsonNode body = request.body().length == 0 ? Json.object() : Body.object(request);
        return of(body, request);
    }

    /** Options of a deletion by this server itself, of exactly the object with this uid. */
    public static DeleteOptions ofSystem(String uid, boolean foreground) {
        ObjectNode body = Json.object();
        body.putObject("preconditions").put("uid", uid);
        return new DeleteOptions(body, foreground ? Propagation.FOREGROUND : Propagation.UNSET, -1);
    }

    static DeleteOptions of(JsonNode body, ApiRequest request) {
        String policy = body.path("propagationPolicy").asText(request.parameter("propagationPolicy"));
        boolean orphan = body.path("orphanDependents").asBoolean(request.flag("orphanDependents"));
        Propagation propagation = switch (policy) {
            case "" -> orphan ? Propagation.ORPHAN : Propagation.UNSET;
            case "Foreground" -> Propagation.FOREGROUND;
            case "Background" -> Propagation.BACKGROUND;
            case "Orphan" -> Propagation.ORPHAN;
            default ->
                throw ApiException.invalid(
                        "meta.k8s.io",
                        "DeleteOptions",
                        "",
                        List.of(Cause.notSupported(
                                "propagationPolicy", policy, List.of("Background", "Foreground", "Orphan"))));
        };
        JsonNode inBody = body.path("gracePeriodSeconds");
        boolean inQuery = !request.parameter("gracePeriodSeconds").isEmpty();
        long grace = inBody.isIntegralNumber()
                ? inBody.asLong()
                : inQuery ? Numbers.parameter(request, "gracePeriodSeconds") : -1;
        return new DeleteOptions(body, propagation, grace);
    }

    Propagation propagation() {
        return propagation;
    }

    long gracePeriodSeconds(long unlessSet) {
        return grace < 0 ? unlessSet : grace;
    }

    boolean dryRun() {
        return !body.path("dryRun").isEmpty();
    }

    /** Refuses when the object is not the one the caller means. */
    void check(ResourceType type, StoredObject seen) {
        String uid = Json.text(body, "preconditions", "uid");
        if (!uid.isEmpty() && !uid.equals(Meta.uid(seen.tree()))) {
            throw Deleter.preconditionFailed(
                    type,
                    seen,
                    "the UID in the precondition (" + uid + ") does not match the UID in record ("
                            + Meta.uid(seen.tree()) + "). The object might have been deleted and then recreated");
        }
        String version = Json.text(body, "preconditions", "resourceVersion");
        if (!version.isEmpty() && !version.equals(Long.toString(seen.revision()))) {
            throw Deleter.preconditionFailed(
                    type,
                    seen,
                    "the ResourceVersion in the precondition (" + version
                            + ") does not match the ResourceVersion in record (" + seen.revision()
                            + "). The object might have been modified");
        }
    }
}
