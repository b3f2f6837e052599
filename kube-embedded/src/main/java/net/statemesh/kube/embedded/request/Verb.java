// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.request;

import java.util.Locale;
import net.statemesh.kube.embedded.http.ApiRequest;
import net.statemesh.kube.embedded.status.ApiException;

/** The verbs of Kubernetes' authorisation. */
public enum Verb {
    GET,
    LIST,
    WATCH,
    CREATE,
    UPDATE,
    PATCH,
    DELETE,
    DELETECOLLECTION;

    /** The verb of a request on a resource. */
    public static Verb of(ApiRequest request, ResourcePath path) {
        boolean named = !path.name().isEmpty();
        return switch (request.method().name()) {
            case "GET", "HEAD" -> request.flag("watch") && path.subresource().isEmpty() ? WATCH : named ? GET : LIST;
            case "POST" -> CREATE;
            case "PUT" -> UPDATE;
            case "PATCH" -> PATCH;
            case "DELETE" -> named ? DELETE : DELETECOLLECTION;
            default -> throw ApiException.methodNotAllowed();
        };
    }

    /** The kind whose fields are the parameters of such a request. */
    String optionsKind() {
        return switch (this) {
            case GET, LIST, WATCH -> "ListOptions";
            case CREATE -> "CreateOptions";
            case UPDATE -> "UpdateOptions";
            case PATCH -> "PatchOptions";
            case DELETE, DELETECOLLECTION -> "DeleteOptions";
        };
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
