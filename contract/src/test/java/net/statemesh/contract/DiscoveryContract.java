// SPDX-License-Identifier: Apache-2.0
package net.statemesh.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.function.Supplier;
import net.statemesh.contract.engine.Answer;
import net.statemesh.contract.engine.Engine;
import org.junit.jupiter.api.Test;

/** What clients learn about a server before they ask it for anything. */
abstract class DiscoveryContract extends Contract {
    DiscoveryContract(Supplier<Engine> engine) {
        super(engine);
    }

    @Test
    void groupsAndTheirVersionsAreListed() {
        assertThat(admin.get("/api").body().path("versions").toString()).isEqualTo("[\"v1\"]");
        JsonNode groups = admin.get("/apis").body().path("groups");
        assertThat(groups.findValuesAsText("name"))
                .contains(
                        "apiextensions.k8s.io",
                        "authentication.k8s.io",
                        "authorization.k8s.io",
                        "coordination.k8s.io",
                        "networking.k8s.io",
                        "rbac.authorization.k8s.io");
        assertThat(admin.get("/apis/coordination.k8s.io").text("/preferredVersion/groupVersion"))
                .isEqualTo("coordination.k8s.io/v1");
    }

    @Test
    void resourcesSayWhatTheyCanDo() {
        JsonNode pods = resource("/api/v1", "pods");
        assertThat(pods.path("namespaced").asBoolean()).isTrue();
        assertThat(pods.path("kind").asText()).isEqualTo("Pod");
        assertThat(pods.path("shortNames").toString()).isEqualTo("[\"po\"]");
        assertThat(pods.path("categories").toString()).isEqualTo("[\"all\"]");
        assertThat(pods.path("verbs").valueStream().map(JsonNode::asText))
                .containsExactlyInAnyOrder(
                        "create", "delete", "deletecollection", "get", "list", "patch", "update", "watch");
        assertThat(resource("/api/v1", "pods/status")
                        .path("verbs")
                        .valueStream()
                        .map(JsonNode::asText))
                .containsExactlyInAnyOrder("get", "patch", "update");
        assertThat(resource("/api/v1", "pods/binding").path("kind").asText()).isEqualTo("Binding");
        assertThat(resource("/api/v1", "nodes").path("namespaced").asBoolean()).isFalse();
        for (String name : List.of("serviceaccounts/token", "pods/log", "pods/exec", "namespaces/finalize")) {
            assertThat(resource("/api/v1", name).path("verbs")).as(name).isNotEmpty();
        }
    }

    @Test
    void openApiDescribesWhatIsServed() {
        Answer document = admin.getAs("/openapi/v2", "application/json").succeeded();
        assertThat(document.text("/swagger")).isEqualTo("2.0");
        JsonNode pod = document.body().path("definitions").path("io.k8s.api.core.v1.Pod");
        assertThat(pod.at("/x-kubernetes-group-version-kind/0/kind").asText()).isEqualTo("Pod");
        assertThat(document.body().path("paths").has("/api/v1/namespaces/{namespace}/pods/{name}"))
                .isTrue();
    }

    @Test
    void versionAndHealthAreTold() {
        Answer version = admin.get("/version").succeeded();
        assertThat(version.text("/major")).isEqualTo("1");
        assertThat(version.text("/gitVersion")).startsWith("v1.");
        for (String path : List.of("/readyz", "/livez", "/healthz")) {
            assertThat(admin.get(path).text("/text")).as(path).isEqualTo("ok");
        }
    }

    private JsonNode resource(String groupVersion, String name) {
        return admin.get(groupVersion)
                .body()
                .path("resources")
                .valueStream()
                .filter(each -> each.path("name").asText().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(groupVersion + " lists no " + name));
    }
}
