// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator's node may not do to the zone: two projects, a pod of one on the node "mine", of the other on "other". */
class NodeAccessTest {
    private static final String MERGE = "application/merge-patch+json";
    private static final String NODE = "mine";
    private static TestZone zone;

    @BeforeAll
    static void start(@TempDir Path folder) {
        zone = TestZone.start(folder);
        zone.user(NODE, "system:node:" + NODE, "system:nodes");
        for (String node : new String[] {NODE, "other"}) {
            assertThat(zone.post("/api/v1/nodes", "{\"metadata\":{\"name\":\"" + node + "\"}}")
                            .code())
                    .isEqualTo(201);
        }
        project("a", NODE);
        project("b", "other");
    }

    @AfterAll
    static void stop() {
        zone.close();
    }

    private static void project(String name, String node) {
        zone.post("/api/v1/namespaces", "{\"metadata\":{\"name\":\"" + name + "\"}}");
        String at = "/api/v1/namespaces/" + name;
        zone.post(
                at + "/secrets", "{\"metadata\":{\"name\":\"db\"},\"stringData\":{\"password\":\"of " + name + "\"}}");
        assertThat(zone.post(at + "/pods", """
                                {"metadata":{"name":"p","labels":{"app":"x"}},"spec":{"nodeName":"%s","containers":[
                                {"name":"c","image":"i:1","env":[{"name":"P","valueFrom":
                                {"secretKeyRef":{"name":"db","key":"password"}}}]}]}}""".formatted(node)).code()).isEqualTo(201);
    }

    @Test
    void secretOfOneNameIsReadInThePodsProjectOnly() {
        assertThat(as("GET", "/api/v1/namespaces/a/secrets/db").code()).isEqualTo(200);
        assertThat(as("GET", "/api/v1/namespaces/b/secrets/db").code()).isEqualTo(403);
        assertThat(as("GET", "/api/v1/secrets?fieldSelector=metadata.name%3Ddb").code())
                .isEqualTo(403);
    }

    @Test
    void podsOfOtherNodesAreNotRead() {
        assertThat(as("GET", "/api/v1/pods?fieldSelector=spec.nodeName%3D" + NODE)
                        .body()
                        .path("items"))
                .hasSize(1);
        assertThat(as("GET", "/api/v1/namespaces/a/pods/p").code()).isEqualTo(200);
        assertThat(as("GET", "/api/v1/namespaces/b/pods/p").code()).isEqualTo(403);
        assertThat(as("GET", "/api/v1/pods").code()).isEqualTo(403);
        assertThat(as("GET", "/api/v1/pods?fieldSelector=spec.nodeName%3Dother").code())
                .isEqualTo(403);
        assertThat(as("GET", "/api/v1/pods?fieldSelector=spec.nodeName%21%3Dother")
                        .code())
                .isEqualTo(403);
    }

    @Test
    void podOfAnotherNodeIsNotEvicted() {
        String eviction = "{\"apiVersion\":\"policy/v1\",\"kind\":\"Eviction\",\"metadata\":{\"name\":\"p\"}}";
        assertThat(zone.as(NODE, "POST", "/api/v1/namespaces/b/pods/p/eviction", eviction)
                        .code())
                .isEqualTo(403);
        assertThat(zone.get("/api/v1/namespaces/b/pods/p").body().at("/metadata/deletionTimestamp"))
                .isEmpty();
    }

    @Test
    void reportOnAPodChangesNeitherItsLabelsNorItsFate() {
        String pod = "/api/v1/namespaces/a/pods/p/status";
        assertThat(patch(pod, "{\"status\":{\"podIP\":\"10.0.0.1\"}}").code()).isEqualTo(200);
        assertThat(patch(pod, "{\"metadata\":{\"labels\":{\"app\":\"victim\"}}}")
                        .code())
                .isEqualTo(403);
        assertThat(patch(pod, "{\"metadata\":{\"finalizers\":[\"x.y/z\"]}}").code())
                .isEqualTo(403);
    }

    @Test
    void nodeDoesNotDecideWhatOthersDecideAboutIt() {
        zone.patch("/api/v1/nodes/" + NODE, MERGE, "{\"spec\":{\"unschedulable\":true,\"podCIDR\":\"10.1.0.0/24\"}}");
        String[] wishes = {
            "{\"spec\":{\"unschedulable\":false}}",
            "{\"spec\":{\"podCIDR\":\"0.0.0.0/0\"}}",
            "{\"spec\":{\"taints\":[{\"key\":\"a\",\"effect\":\"NoSchedule\"}]}}",
            "{\"metadata\":{\"labels\":{\"statemesh.net/only-project\":\"x\"}}}"
        };
        for (String wish : wishes) {
            assertThat(patch("/api/v1/nodes/" + NODE, wish).code()).as(wish).isEqualTo(403);
        }
        assertThat(as("DELETE", "/api/v1/nodes/" + NODE).code()).isEqualTo(403);
        assertThat(patch("/api/v1/nodes/" + NODE, "{\"metadata\":{\"labels\":{\"statemesh.net/gpu\":\"none\"}}}")
                        .code())
                .isEqualTo(200);
    }

    private static TestZone.Answer as(String method, String path) {
        return zone.as(NODE, method, path, null);
    }

    private static TestZone.Answer patch(String path, String body) {
        return zone.call(NODE, "PATCH", path, MERGE, body);
    }
}
