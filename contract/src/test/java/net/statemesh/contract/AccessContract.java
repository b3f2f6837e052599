// SPDX-License-Identifier: Apache-2.0
package net.statemesh.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.function.Supplier;
import net.statemesh.contract.engine.Answer;
import net.statemesh.contract.engine.ApiClient;
import net.statemesh.contract.engine.Engine;
import net.statemesh.contract.engine.Trees;
import net.statemesh.contract.engine.Users;
import org.junit.jupiter.api.Test;

/** Who is asking (certificates, tokens), and what they may do (RBAC). */
abstract class AccessContract extends Contract {
    private static final String RBAC = "/apis/rbac.authorization.k8s.io/v1";

    AccessContract(Supplier<Engine> engine) {
        super(engine);
    }

    @Test
    void whoeverShowsNothingIsUnauthorized() {
        try (ApiClient nobody = engine().nobody()) {
            nobody.get(maps).refused(401, "Unauthorized");
        }
        try (ApiClient liar = engine().bearer("invented")) {
            liar.get(maps).refused(401, "Unauthorized");
        }
    }

    @Test
    void expiredAndForeignCertificatesAreNotAccepted() {
        try (ApiClient expired = admin.with(engine().users().expired("admin", "system:masters"))) {
            assertThat(refusal(expired)).isEqualTo(401);
        }
        try (ApiClient stranger = admin.with(Users.stranger("admin", "system:masters"))) {
            assertThat(refusal(stranger)).isEqualTo(401);
        }
    }

    /** A server may also refuse such a certificate before HTTP begins. */
    private int refusal(ApiClient client) {
        try {
            return client.get(maps).code();
        } catch (UncheckedIOException e) {
            return 401;
        }
    }

    @Test
    void refusalSaysWhoMayNotDoWhatWhere() {
        createMap("a");
        try (ApiClient alice = engine().user("alice", "team")) {
            alice.get(maps)
                    .refused(403, "Forbidden")
                    .saying(
                            "configmaps is forbidden: User \"alice\" cannot list resource \"configmaps\" in API group \"\" in"
                                    + " the namespace \"" + namespace + "\"");
            alice.get(maps + "/a")
                    .refused(403, "Forbidden")
                    .saying(
                            "configmaps \"a\" is forbidden: User \"alice\" cannot get resource \"configmaps\" in API group"
                                    + " \"\" in the namespace \"" + namespace + "\"");
            alice.get("/api/v1/nodes")
                    .refused(403, "Forbidden")
                    .saying("nodes is forbidden: User \"alice\" cannot list resource \"nodes\" in API group \"\" at the"
                            + " cluster scope");
            alice.merge(in(namespace, "pods/p/status"), "{}")
                    .refused(403, "Forbidden")
                    .saying(
                            "pods \"p\" is forbidden: User \"alice\" cannot patch resource \"pods/status\" in API group \"\" in"
                                    + " the namespace \"" + namespace + "\"");
        }
    }

    @Test
    void roleGivesWhatItSaysAndNoMore() {
        createMap("a");
        createMap("b");
        grant("alice", "{apiGroups: [''], resources: [configmaps], verbs: [get, list, watch], resourceNames: [a]}");
        try (ApiClient alice = engine().user("alice")) {
            await().until(() -> alice.get(maps + "/a").code() == 200);
            assertThat(alice.get(maps + "?fieldSelector=metadata.name%3Da").names())
                    .containsExactly("a");
            alice.get(maps).refused(403, "Forbidden");
            alice.get(maps + "/b").refused(403, "Forbidden");
            alice.merge(maps + "/a", "{data: {k: w}}").refused(403, "Forbidden");
            alice.delete(maps + "/a").refused(403, "Forbidden");
            alice.get(in("default", "configmaps/a")).refused(403, "Forbidden");
        }
    }

    @Test
    void subresourceNeedsItsOwnRight() {
        awaitDefaultAccount();
        String pods = in(namespace, "pods");
        admin.create(pods, "{metadata: {name: p}, spec: {containers: [{name: c, image: x}]}}")
                .succeeded();
        grant("alice", "{apiGroups: [''], resources: [pods/status], verbs: [patch]}");
        try (ApiClient alice = engine().user("alice")) {
            await().until(() -> alice.merge(pods + "/p/status", "{status: {message: hello}}")
                            .code()
                    == 200);
            alice.merge(pods + "/p", "{metadata: {labels: {l: v}}}").refused(403, "Forbidden");
            alice.get(pods + "/p").refused(403, "Forbidden");
        }
    }

    @Test
    void groupsOfTheCertificateCount() {
        admin.create(
                        RBAC + "/namespaces/" + namespace + "/rolebindings",
                        "{metadata: {name: team}, roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view},"
                                + " subjects: [{apiGroup: rbac.authorization.k8s.io, kind: Group, name: team}]}")
                .succeeded();
        try (ApiClient member = engine().user("bob", "team");
                ApiClient other = engine().user("bob", "other")) {
            await().until(() -> member.get(maps).code() == 200);
            other.get(maps).refused(403, "Forbidden");
        }
    }

    @Test
    void nobodyGivesMoreThanTheyHave() {
        grant(
                "alice",
                "{apiGroups: [rbac.authorization.k8s.io], resources: [roles, rolebindings], verbs: [create, get]}");
        String roles = RBAC + "/namespaces/" + namespace + "/roles";
        try (ApiClient alice = engine().user("alice")) {
            await().until(() -> alice.get(roles + "/alice").code() == 200);
            Answer refused = alice.create(
                            roles,
                            "{metadata: {name: more}, rules: [{apiGroups: [''], resources: [secrets], verbs: [get]}]}")
                    .refused(403, "Forbidden");
            assertThat(refused.message())
                    .contains(
                            "user \"alice\" (groups=[\"system:authenticated\"]) is attempting to grant RBAC permissions not"
                                    + " currently held")
                    .contains("{APIGroups:[\"\"], Resources:[\"secrets\"], Verbs:[\"get\"]}");
            alice.create(
                            RBAC + "/namespaces/" + namespace + "/rolebindings",
                            "{metadata: {name: more}, roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name:"
                                    + " edit}, subjects: []}")
                    .refused(403, "Forbidden");
        }
    }

    @Test
    void roleOfABindingIsFixed() {
        grant("alice", "{apiGroups: [''], resources: [configmaps], verbs: [get]}");
        Answer refused = admin.merge(
                        RBAC + "/namespaces/" + namespace + "/rolebindings/alice", "{roleRef: {name: other}}")
                .refused(422, "Invalid");
        assertThat(refused.fields()).containsExactly("roleRef");
    }

    @Test
    void accessReviewAnswersAsTheServerWouldAct() {
        String reviews = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";
        String review =
                "{apiVersion: authorization.k8s.io/v1, kind: SelfSubjectAccessReview, spec: {resourceAttributes: {namespace: %s,"
                        + " verb: list, resource: configmaps}}}";
        try (ApiClient alice = engine().user("alice")) {
            assertThat(alice.create(reviews, review, namespace).succeeded().text("/status/allowed"))
                    .isEqualTo("false");
            grant("alice", "{apiGroups: [''], resources: [configmaps], verbs: [list]}");
            await().until(() -> alice.create(reviews, review, namespace)
                    .text("/status/allowed")
                    .equals("true"));
            alice.get(maps).succeeded();
        }
    }

    @Test
    void tokenOfAnAccountWorksUntilTheAccountIsGone() {
        admin.create(in(namespace, "serviceaccounts"), "{metadata: {name: robot}}")
                .succeeded();
        String token = token("{spec: {expirationSeconds: 600}}").succeeded().text("/status/token");
        try (ApiClient robot = engine().bearer(token)) {
            Answer refused = robot.get(maps).refused(403, "Forbidden");
            assertThat(refused.message())
                    .contains("User \"system:serviceaccount:" + namespace + ":robot\" cannot list");
            admin.delete(in(namespace, "serviceaccounts/robot")).succeeded();
            await().until(() -> robot.get(maps).code() == 401);
        }
    }

    @Test
    void tokenEndsAtItsTime() throws GeneralSecurityException {
        admin.create(in(namespace, "serviceaccounts"), "{metadata: {name: robot}}")
                .succeeded();
        String token = token("{spec: {expirationSeconds: 600}}").succeeded().text("/status/token");
        try (ApiClient now = engine().bearer(token);
                ApiClient late = engine().bearer(aged(token, 1200));
                ApiClient forged = engine().bearer(token.substring(0, token.length() - 8) + "AAAAAAAA")) {
            now.get(maps).refused(403, "Forbidden");
            late.get(maps).refused(401, "Unauthorized");
            forged.get(maps).refused(401, "Unauthorized");
        }
    }

    /** The same token as it would be had it been made a while ago. */
    private String aged(String token, long seconds) throws GeneralSecurityException {
        String[] parts = token.split("\\.", -1);
        ObjectNode claims =
                (ObjectNode) Trees.yaml(new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8));
        for (String time : new String[] {"exp", "iat", "nbf"}) {
            claims.put(time, claims.path(time).asLong() - seconds);
        }
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        String body = parts[0] + "." + base64.encodeToString(claims.toString().getBytes(StandardCharsets.UTF_8));
        return body + "." + base64.encodeToString(engine().tokenSignature(body));
    }

    @Test
    void tokenForAnotherAudienceIsNotAccepted() {
        admin.create(in(namespace, "serviceaccounts"), "{metadata: {name: robot}}")
                .succeeded();
        String token = token("{spec: {audiences: [elsewhere]}}").succeeded().text("/status/token");
        try (ApiClient robot = engine().bearer(token)) {
            robot.get(maps).refused(401, "Unauthorized");
        }
    }

    @Test
    void tokenOfLessThanTenMinutesIsRefused() {
        admin.create(in(namespace, "serviceaccounts"), "{metadata: {name: robot}}")
                .succeeded();
        Answer refused = token("{spec: {expirationSeconds: 10}}").refused(422, "Invalid");
        assertThat(refused.fields()).containsExactly("spec.expirationSeconds");
    }

    private Answer token(String request) {
        return admin.create(in(namespace, "serviceaccounts/robot/token"), request);
    }

    /** A role and a binding of the user's name. */
    private void grant(String user, String rule) {
        admin.create(RBAC + "/namespaces/" + namespace + "/roles", "{metadata: {name: %s}, rules: [%s]}", user, rule)
                .succeeded();
        admin.create(
                        RBAC + "/namespaces/" + namespace + "/rolebindings",
                        "{metadata: {name: %1$s}, roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: %1$s}, subjects:"
                                + " [{apiGroup: rbac.authorization.k8s.io, kind: User, name: %1$s}]}",
                        user)
                .succeeded();
    }
}
