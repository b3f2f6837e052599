// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Owners and owned, finalizers, grace periods, namespaces. */
class DeletionTest {
    private static final String MAPS = "/api/v1/namespaces/default/configmaps";
    private static final String PODS = "/api/v1/namespaces/default/pods";

    @TempDir
    static Path folder;

    private static TestZone zone;

    @BeforeAll
    static void start() {
        zone = TestZone.start(folder);
    }

    @AfterAll
    static void stop() {
        zone.close();
    }

    @Test
    void ownedObjectsFollowInTheBackground() {
        String uid = owner("captain");
        owned("sailor", "captain", uid, "");
        zone.delete(MAPS + "/captain", "{\"propagationPolicy\":\"Background\"}");
        gone(MAPS + "/sailor");
    }

    @Test
    void foregroundOwnerWaitsForWhatBlocksIt() {
        String uid = owner("admiral");
        owned("flagship", "admiral", uid, ",\"finalizers\":[\"test.example.com/hold\"]");
        TestZone.Answer deleted = zone.delete(MAPS + "/admiral", "{\"propagationPolicy\":\"Foreground\"}");
        assertThat(deleted.body().at("/metadata/finalizers").toString()).contains("foregroundDeletion");
        Awaitility.await()
                .until(() -> zone.get(MAPS + "/flagship")
                        .body()
                        .at("/metadata/deletionTimestamp")
                        .isTextual());
        assertThat(zone.get(MAPS + "/admiral").code()).isEqualTo(200);
        zone.patch(MAPS + "/flagship", "application/merge-patch+json", "{\"metadata\":{\"finalizers\":null}}");
        gone(MAPS + "/flagship");
        gone(MAPS + "/admiral");
    }

    @Test
    void orphansStayWithoutTheirOwner() {
        String uid = owner("father");
        owned("orphan", "father", uid, "");
        zone.delete(MAPS + "/father", "{\"propagationPolicy\":\"Orphan\"}");
        gone(MAPS + "/father");
        TestZone.Answer left = zone.get(MAPS + "/orphan");
        assertThat(left.code()).isEqualTo(200);
        assertThat(left.body().at("/metadata").has("ownerReferences")).isFalse();
    }

    @Test
    void objectOfAnAbsentOwnerIsCollected() {
        owned("foundling", "nobody", "00000000-0000-0000-0000-000000000000", "");
        gone(MAPS + "/foundling");
    }

    @Test
    void boundPodLeavesWithTheKubeletsSecondDeletion() {
        zone.post(PODS, pod("bound"));
        assertThat(bind("bound", "node-1").code()).isEqualTo(201);
        TestZone.Answer first = zone.delete(PODS + "/bound");
        assertThat(first.at("/metadata/deletionGracePeriodSeconds")).isEqualTo("30");
        assertThat(zone.get(PODS + "/bound").code()).isEqualTo(200);
        zone.delete(PODS + "/bound", "{\"gracePeriodSeconds\":0}");
        assertThat(zone.get(PODS + "/bound").code()).isEqualTo(404);
    }

    @Test
    void podIsBoundOnce() {
        zone.post(PODS, pod("once"));
        assertThat(bind("once", "node-1").code()).isEqualTo(201);
        TestZone.Answer second = bind("once", "node-2");
        assertThat(second.code()).isEqualTo(409);
        assertThat(second.message()).contains("already assigned to node \"node-1\"");
        assertThat(zone.get(PODS + "/once").at("/status/conditions/0/type")).isEqualTo("PodScheduled");
    }

    @Test
    void unboundPodLeavesAtOnce() {
        zone.post(PODS, pod("loose"));
        zone.delete(PODS + "/loose");
        assertThat(zone.get(PODS + "/loose").code()).isEqualTo(404);
    }

    @Test
    void namespaceTakesItsContentsAlongAndAcceptsNothingNew() {
        zone.post("/api/v1/namespaces", "{\"metadata\":{\"name\":\"doomed\"}}");
        String maps = "/api/v1/namespaces/doomed/configmaps";
        zone.post(maps, "{\"metadata\":{\"name\":\"held\",\"finalizers\":[\"test.example.com/hold\"]}}");
        zone.delete("/api/v1/namespaces/doomed");
        assertThat(zone.get("/api/v1/namespaces/doomed").at("/status/phase")).isEqualTo("Terminating");
        TestZone.Answer refused = zone.post(maps, "{\"metadata\":{\"name\":\"late\"}}");
        assertThat(refused.code()).isEqualTo(403);
        assertThat(refused.message()).contains("because it is being terminated");
        zone.patch(maps + "/held", "application/merge-patch+json", "{\"metadata\":{\"finalizers\":null}}");
        gone("/api/v1/namespaces/doomed");
    }

    @Test
    void preconditionsAreHeld() {
        zone.post(MAPS, "{\"metadata\":{\"name\":\"guarded\"}}");
        TestZone.Answer refused = zone.delete(MAPS + "/guarded", "{\"preconditions\":{\"uid\":\"other\"}}");
        assertThat(refused.code()).isEqualTo(409);
        assertThat(refused.message())
                .contains("the UID in the precondition (other) does not match the UID in record (");
    }

    @Test
    void dryRunChangesNothing() {
        assertThat(zone.post(MAPS + "?dryRun=All", "{\"metadata\":{\"name\":\"dry\"}}")
                        .code())
                .isEqualTo(201);
        assertThat(zone.get(MAPS + "/dry").code()).isEqualTo(404);
        zone.post(MAPS, "{\"metadata\":{\"name\":\"wet\"}}");
        assertThat(zone.delete(MAPS + "/wet?dryRun=All").code()).isEqualTo(200);
        assertThat(zone.get(MAPS + "/wet").code()).isEqualTo(200);
    }

    private static String owner(String name) {
        return zone.post(MAPS, "{\"metadata\":{\"name\":\"" + name + "\"}}").at("/metadata/uid");
    }

    private static void owned(String name, String owner, String uid, String more) {
        zone.post(
                MAPS,
                "{\"metadata\":{\"name\":\"" + name
                        + "\",\"ownerReferences\":[{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"name\":\"" + owner
                        + "\",\"uid\":\"" + uid + "\",\"blockOwnerDeletion\":true}]" + more + "}}");
    }

    private static TestZone.Answer bind(String pod, String node) {
        return zone.post(
                PODS + "/" + pod + "/binding",
                "{\"apiVersion\":\"v1\",\"kind\":\"Binding\",\"metadata\":{\"name\":\"" + pod
                        + "\"},\"target\":{\"kind\":\"Node\",\"name\":\"" + node + "\"}}");
    }

    static String pod(String name) {
        return "{\"metadata\":{\"name\":\"" + name
                + "\"},\"spec\":{\"containers\":[{\"name\":\"main\",\"image\":\"web:1\"}]}}";
    }

    private static void gone(String path) {
        Awaitility.await().until(() -> zone.get(path).code() == 404);
    }
}
