// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.authn;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.statemesh.kube.embedded.authz.Attributes;
import net.statemesh.kube.embedded.authz.Authorizer;
import net.statemesh.kube.embedded.http.ApiRequest;
import net.statemesh.kube.embedded.status.ApiException;

/** Finds out who is calling: a bearer token, else a client certificate; and for whom, when they impersonate. */
public final class Authentication {
    private static final String BEARER = "Bearer ";
    private static final String ACCOUNT = "system:serviceaccount:";

    private final ClientCertificates certificates;
    private final ServiceAccountTokens tokens;

    public Authentication(ClientCertificates certificates, ServiceAccountTokens tokens) {
        this.certificates = certificates;
        this.tokens = tokens;
    }

    /** The caller, or 401 with what was wrong. */
    public User user(ApiRequest request, Authorizer authorizer) {
        User caller = caller(request);
        String wanted = request.header("Impersonate-User");
        if (wanted.isEmpty()) {
            return caller;
        }
        List<String> groups = new ArrayList<>(request.headers().getAll("Impersonate-Group"));
        may(authorizer, caller, "users", wanted);
        groups.forEach(group -> may(authorizer, caller, "groups", group));
        if (wanted.startsWith(ACCOUNT) && groups.isEmpty()) {
            groups.add("system:serviceaccounts");
            groups.add("system:serviceaccounts:"
                    + wanted.substring(ACCOUNT.length()).split(":", 2)[0]);
        }
        if (!wanted.equals(User.ANONYMOUS.name()) && !groups.contains(User.AUTHENTICATED)) {
            groups.add(User.AUTHENTICATED);
        }
        return new User(wanted, "", List.copyOf(groups), Map.of());
    }

    /** Who shows these credentials, whoever they want to act for; 401 when they are not accepted. */
    public User caller(ApiRequest request) {
        String header = request.header("Authorization");
        if (header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return tokens.user(header.substring(BEARER.length()).strip());
        }
        if (!request.peer().isEmpty()) {
            return certificates.user(request.peer());
        }
        throw ApiException.of(401, "Unauthorized", "Unauthorized: show a client certificate or a bearer token");
    }

    private static void may(Authorizer authorizer, User caller, String resource, String name) {
        boolean account = resource.equals("users") && name.startsWith(ACCOUNT);
        String[] parts = account ? name.substring(ACCOUNT.length()).split(":", 2) : new String[0];
        Attributes wanted = parts.length == 2
                ? new Attributes("impersonate", "", "v1", "serviceaccounts", "", parts[0], parts[1], "")
                : new Attributes("impersonate", "", "v1", resource, "", "", name, "");
        if (!authorizer.decide(caller, wanted).allowed()) {
            throw ApiException.forbidden(
                    "",
                    resource,
                    name,
                    "User \"" + caller.name() + "\" cannot impersonate resource \"" + resource
                            + "\" in API group \"\" at the cluster scope");
        }
    }
}
