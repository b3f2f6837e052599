// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.authn;

import net.statemesh.kube.embedded.authz.Authorizer;
import net.statemesh.kube.embedded.http.ApiRequest;
import net.statemesh.kube.embedded.status.ApiException;

/** Finds out who is calling: a client certificate, else a bearer token. */
public final class Authentication {
    private final ClientCertificates certificates;

    public Authentication(ClientCertificates certificates) {
        this.certificates = certificates;
    }

    /** The caller, or 401 with what was wrong. */
    public User user(ApiRequest request, Authorizer authorizer) {
        if (!request.peer().isEmpty()) {
            return certificates.user(request.peer());
        }
        throw ApiException.of(401, "Unauthorized", "Unauthorized: show a client certificate or a bearer token");
    }
}
