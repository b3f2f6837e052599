// SPDX-License-Identifier: Apache-2.0
package net.statemesh.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Supplier;
import net.statemesh.contract.engine.Answer;
import net.statemesh.contract.engine.Engine;
import org.junit.jupiter.api.Test;

/** Events, by which StateMesh says what happened, and leases, by which it says who is alive. */
abstract class RecordContract extends Contract {
    private static final String EVENT =
            "{metadata: {name: %s}, involvedObject: {kind: Pod, namespace: %s, name: p, uid: u-1}, reason: Scheduled, message: m,"
                    + " type: Normal, source: {component: statemesh}, firstTimestamp: '2026-01-01T00:00:00Z', lastTimestamp:"
                    + " '2026-01-01T00:00:00Z', count: 1}";

    RecordContract(Supplier<Engine> engine) {
        super(engine);
    }

    @Test
    void eventsAreSelectedByWhatTheyAreAbout() {
        String events = in(namespace, "events");
        admin.create(events, EVENT, "e.1", namespace).succeeded();
        assertThat(admin.get(events + "?fieldSelector=involvedObject.name%3Dp,reason%3DScheduled,type%3DNormal")
                        .names())
                .containsExactly("e.1");
        assertThat(admin.get(events + "?fieldSelector=involvedObject.uid%3Du-2").names())
                .isEmpty();
        Answer counted = admin.merge(events + "/e.1", "{count: 2, lastTimestamp: '2026-01-01T00:01:00Z'}")
                .succeeded();
        assertThat(counted.text("/count")).isEqualTo("2");
    }

    @Test
    void eventBelongsToTheNamespaceOfItsObject() {
        Answer refused =
                admin.create(in(namespace, "events"), EVENT, "e.1", "elsewhere").refused(422, "Invalid");
        assertThat(refused.fields()).containsExactly("involvedObject.namespace");
    }

    @Test
    void leaseKeepsMicroseconds() {
        String leases = "/apis/coordination.k8s.io/v1/namespaces/" + namespace + "/leases";
        admin.create(
                        leases,
                        "{metadata: {name: l}, spec: {holderIdentity: a, renewTime: '2026-01-01T00:00:00.123456Z'}}")
                .succeeded();
        assertThat(admin.get(leases + "/l").text("/spec/renewTime")).isEqualTo("2026-01-01T00:00:00.123456Z");
    }

    @Test
    void leaseIsTakenOverByOneOnly() {
        String leases = "/apis/coordination.k8s.io/v1/namespaces/" + namespace + "/leases";
        String seen = admin.create(leases, "{metadata: {name: l}, spec: {holderIdentity: a}}")
                .succeeded()
                .resourceVersion();
        String take = "{metadata: {name: l, resourceVersion: '%s'}, spec: {holderIdentity: %s}}";
        admin.replace(leases + "/l", take, seen, "b").succeeded();
        admin.replace(leases + "/l", take, seen, "c").refused(409, "Conflict");
        assertThat(admin.get(leases + "/l").text("/spec/holderIdentity")).isEqualTo("b");
    }

    @Test
    void durationOfALeaseIsPositive() {
        String leases = "/apis/coordination.k8s.io/v1/namespaces/" + namespace + "/leases";
        Answer refused = admin.create(
                        leases, "{metadata: {name: l}, spec: {leaseDurationSeconds: 0, leaseTransitions: -1}}")
                .refused(422, "Invalid");
        assertThat(refused.fields()).containsExactlyInAnyOrder("spec.leaseDurationSeconds", "spec.leaseTransitions");
    }
}
