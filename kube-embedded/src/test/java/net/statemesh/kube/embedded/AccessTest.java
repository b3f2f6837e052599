// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may do what: certificates, tokens, roles, nodes. */
class AccessTest {
    private static final String ROLES = "/apis/rbac.authorization.k8s.io/v1";
    private static final String MAPS = "/api/v1/namespaces/default/configmaps";
    private static final String PODS = "/api/v1/namespaces/default/pods";

    @TempDir
    static Path folder;

    private static TestZone zone;

    @BeforeAll
    static void start() {
        zone = TestZone.start(folder);
        zone.user("alice", "alice", "team");
        zone.user("node-1", "system:node:node-1", "system:nodes");
        zone.user("node-2", "system:node:node-2", "system:nodes");
    }

    @AfterAll
    static void stop() {
        zone.close();
    }

    @Test
    void foreignNamespaceIsForbiddenInKubernetesWords() {
        TestZone.Answer refused = zone.as("alice", "GET", "/api/v1/namespaces/kube-system/secrets", null);
        assertThat(refused.code()).isEqualTo(403);
        assertThat(refused.message())
                .isEqualTo(
                        "secrets is forbidden: User \"alice\" cannot list resource \"secrets\" in API group \"\" in the namespace"
                                + " \"kube-system\"");
    }

    @Test
    void callerWithoutCredentialsSeesOnlyHealthAndVersion() {
        assertThat(zone.as("", "GET", "/livez", null).code()).isEqualTo(200);
        assertThat(zone.as("", "GET", "/readyz", null).code()).isEqualTo(200);
        assertThat(zone.as("", "GET", "/version", null).code()).isEqualTo(200);
        assertThat(zone.as("", "GET", MAPS, null).code()).isEqualTo(401);
        assertThat(zone.as("", "GET", "/apis", null).code()).isEqualTo(401);
    }

    @Test
    void roleGivesWhatItSaysAndNoMore() {
        zone.post(
                ROLES + "/namespaces/default/rolebindings",
                "{\"metadata\":{\"name\":\"team-view\"},\"roleRef\":{\"kind\":\"ClusterRole\",\"name\":\"view\"},"
                        + "\"subjects\":[{\"kind\":\"Group\",\"name\":\"team\"}]}");
        assertThat(zone.as("alice", "GET", MAPS, null).code()).isEqualTo(200);
        assertThat(zone.as("alice", "GET", "/api/v1/namespaces/default/secrets", null)
                        .code())
                .isEqualTo(403);
        assertThat(zone.as("alice", "POST", MAPS, "{\"metadata\":{\"name\":\"x\"}}")
                        .code())
                .isEqualTo(403);
    }

    @Test
    void nobodyGrantsWhatTheyDoNotHold() {
        zone.user("carol", "carol");
        zone.post(
                ROLES + "/namespaces/default/rolebindings",
                "{\"metadata\":{\"name\":\"carol-admin\"},\"roleRef\":{\"kind\":\"ClusterRole\",\"name\":\"admin\"},"
                        + "\"subjects\":[{\"kind\":\"User\",\"name\":\"carol\"}]}");
        String role =
                "{\"metadata\":{\"name\":\"%s\"},\"rules\":[{\"apiGroups\":[\"%s\"],\"resources\":[\"%s\"],\"verbs\":[\"get\"]}]}";
        TestZone.Answer held =
                zone.as("carol", "POST", ROLES + "/namespaces/default/roles", role.formatted("fine", "", "configmaps"));
        assertThat(held.code()).isEqualTo(201);
        TestZone.Answer refused =
                zone.as("carol", "POST", ROLES + "/namespaces/default/roles", role.formatted("more", "", "nodes"));
        assertThat(refused.code()).isEqualTo(403);
        assertThat(refused.message()).contains("is attempting to grant RBAC permissions not currently held");
    }

    @Test
    void nodeWritesOnlyItsOwn() {
        String node = "{\"metadata\":{\"name\":\"%s\"}}";
        assertThat(zone.as("node-1", "POST", "/api/v1/nodes", node.formatted("node-1"))
                        .code())
                .isEqualTo(201);
        assertThat(zone.as("node-1", "POST", "/api/v1/nodes", node.formatted("node-9"))
                        .code())
                .isEqualTo(403);
        String status = "{\"status\":{\"phase\":\"Running\"}}";
        zone.post(PODS, DeletionTest.pod("of-node-1").replace("\"spec\":{", "\"spec\":{\"nodeName\":\"node-1\","));
        assertThat(zone.call("node-1", "PATCH", PODS + "/of-node-1/status", "application/merge-patch+json", status)
                        .code())
                .isEqualTo(200);
        assertThat(zone.call("node-2", "PATCH", PODS + "/of-node-1/status", "application/merge-patch+json", status)
                        .code())
                .isEqualTo(403);
        assertThat(zone.as("node-2", "DELETE", PODS + "/of-node-1", null).code())
                .isEqualTo(403);
    }

    @Test
    void nodeReadsOnlySecretsOfItsPods() {
        zone.post("/api/v1/namespaces/default/secrets", "{\"metadata\":{\"name\":\"pull\"}}");
        zone.post(
                PODS,
                DeletionTest.pod("pulls")
                        .replace(
                                "\"spec\":{",
                                "\"spec\":{\"nodeName\":\"node-1\",\"imagePullSecrets\":[{\"name\":\"pull\"}],"));
        assertThat(zone.as("node-1", "GET", "/api/v1/namespaces/default/secrets/pull", null)
                        .code())
                .isEqualTo(200);
        assertThat(zone.as("node-2", "GET", "/api/v1/namespaces/default/secrets/pull", null)
                        .code())
                .isEqualTo(403);
        assertThat(zone.as("node-1", "GET", "/api/v1/namespaces/default/secrets", null)
                        .code())
                .isEqualTo(403);
    }

    @Test
    void tokenIsTheAccountUntilTheAccountIsGone() {
        zone.post("/api/v1/namespaces/default/serviceaccounts", "{\"metadata\":{\"name\":\"robot\"}}");
        String token = zone.post(
                        "/api/v1/namespaces/default/serviceaccounts/robot/token",
                        "{\"spec\":{\"expirationSeconds\":600}}")
                .at("/status/token");
        TestZone.Answer me = withToken(token);
        assertThat(me.at("/status/userInfo/username")).isEqualTo("system:serviceaccount:default:robot");
        zone.delete("/api/v1/namespaces/default/serviceaccounts/robot");
        TestZone.Answer revoked = withToken(token);
        assertThat(revoked.code()).isEqualTo(401);
        assertThat(revoked.message()).contains("token is revoked");
        assertThat(withToken(token.substring(0, token.length() - 4) + "AAAA").message())
                .contains("token is not one of this server");
    }

    @Test
    void reviewsAnswerWhatTheCallerMay() {
        TestZone.Answer no = zone.as(
                "node-1",
                "POST",
                "/apis/authorization.k8s.io/v1/subjectaccessreviews",
                "{\"spec\":{\"user\":\"nobody\",\"resourceAttributes\":{\"verb\":\"get\",\"resource\":\"secrets\",\"namespace\":\"default\"}}}");
        assertThat(no.body().at("/status/allowed").asBoolean(true)).isFalse();
        TestZone.Answer yes = zone.post(
                "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
                "{\"spec\":{\"resourceAttributes\":{\"verb\":\"*\",\"resource\":\"*\"}}}");
        assertThat(yes.body().at("/status/allowed").asBoolean(false)).isTrue();
    }

    @Test
    void impersonationNeedsPermission() {
        assertThat(zone.call("alice", "GET", MAPS, null, null, "Impersonate-User", "admin")
                        .code())
                .isEqualTo(403);
        TestZone.Answer as = zone.call(TestZone.ADMIN, "GET", MAPS, null, null, "Impersonate-User", "nobody");
        assertThat(as.code()).isEqualTo(403);
        assertThat(as.message()).contains("User \"nobody\" cannot list");
    }

    private static TestZone.Answer withToken(String token) {
        return zone.call(
                "",
                "POST",
                "/apis/authentication.k8s.io/v1/selfsubjectreviews",
                "application/json",
                "{}",
                "Authorization",
                "Bearer " + token);
    }
}
