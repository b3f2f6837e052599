// SPDX-License-Identifier: Apache-2.0
package net.statemesh.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.function.Supplier;
import net.statemesh.contract.engine.Answer;
import net.statemesh.contract.engine.Engine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pods: defaults, validation, binding, status, graceful deletion. Nobody runs them: both engines only keep them here. */
abstract class PodContract extends Contract {
    private static final String POD =
            "{metadata: {name: %s}, spec: {automountServiceAccountToken: false, containers: [{name: c, image: 'x:1'}]}}";
    private static final String BINDING =
            "{apiVersion: v1, kind: Binding, metadata: {name: %s}, target: {apiVersion: v1, kind: Node, name: %s}}";

    private String pods;
    private String node;

    PodContract(Supplier<Engine> engine) {
        super(engine);
    }

    @BeforeEach
    void makeNode() {
        awaitDefaultAccount();
        pods = in(namespace, "pods");
        node = uniqueName("node");
        admin.create("/api/v1/nodes", "{metadata: {name: %s}}", node).succeeded();
    }

    @AfterEach
    void removeNode() {
        admin.delete("/api/v1/nodes/" + node);
    }

    @Test
    void podGetsItsDefaults() {
        Answer pod = admin.create(
                        pods,
                        "{metadata: {name: p}, spec: {containers: [{name: c, image: x}, {name: d, image: 'x:1', ports:"
                                + " [{containerPort: 80}], resources: {limits: {cpu: 1}}, readinessProbe: {tcpSocket: {port: 80}}}]}}")
                .succeeded();
        JsonNode spec = pod.body().path("spec");
        assertThat(spec.path("restartPolicy").asText()).isEqualTo("Always");
        assertThat(spec.path("dnsPolicy").asText()).isEqualTo("ClusterFirst");
        assertThat(spec.path("schedulerName").asText()).isEqualTo("default-scheduler");
        assertThat(spec.path("serviceAccountName").asText()).isEqualTo("default");
        assertThat(spec.path("terminationGracePeriodSeconds").asInt()).isEqualTo(30);
        assertThat(spec.path("enableServiceLinks").asBoolean()).isTrue();
        assertThat(spec.at("/containers/0/imagePullPolicy").asText()).isEqualTo("Always");
        assertThat(spec.at("/containers/1/imagePullPolicy").asText()).isEqualTo("IfNotPresent");
        assertThat(spec.at("/containers/0/terminationMessagePath").asText()).isEqualTo("/dev/termination-log");
        assertThat(spec.at("/containers/1/ports/0/protocol").asText()).isEqualTo("TCP");
        assertThat(spec.at("/containers/1/resources/requests/cpu").asText()).isEqualTo("1");
        assertThat(spec.at("/containers/1/readinessProbe/periodSeconds").asInt())
                .isEqualTo(10);
        assertThat(spec.at("/containers/1/readinessProbe/failureThreshold").asInt())
                .isEqualTo(3);
        assertThat(pod.text("/status/phase")).isEqualTo("Pending");
        assertThat(pod.text("/status/qosClass")).isEqualTo("Burstable");
        assertThat(spec.at("/tolerations").findValuesAsText("key"))
                .containsExactly("node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable");
    }

    @Test
    void invalidPodNamesEveryField() {
        Answer refused = admin.create(pods, """
                        metadata: {name: p}
                        spec:
                          restartPolicy: Sometimes
                          containers:
                          - {name: Bad_Name, image: 'x:1'}
                          - {name: b, image: ''}
                          - {name: b, image: 'x:1', ports: [{containerPort: 99999}]}
                          - {name: d, image: 'x:1', env: [{name: '1 bad'}], resources: {requests: {cpu: 2}, limits: {cpu: 1}}}
                          - {name: e, image: 'x:1', volumeMounts: [{name: nothing, mountPath: /x}]}
                        """).refused(422, "Invalid");
        assertThat(refused.fields())
                .containsExactlyInAnyOrder(
                        "spec.restartPolicy",
                        "spec.containers[0].name",
                        "spec.containers[1].image",
                        "spec.containers[2].name",
                        "spec.containers[2].ports[0].containerPort",
                        "spec.containers[3].env[0].name",
                        "spec.containers[3].resources.requests",
                        "spec.containers[4].volumeMounts[0].name");
        assertThat(refused.message()).startsWith("Pod \"p\" is invalid: [");
    }

    @Test
    void podNeedsAContainer() {
        Answer refused = admin.create(pods, "{metadata: {name: p}, spec: {containers: []}}")
                .refused(422, "Invalid");
        refused.saying("Pod \"p\" is invalid: spec.containers: Required value");
    }

    @Test
    void quantitiesAreParsed() {
        Answer bad = admin.create(
                pods,
                "{metadata: {name: p}, spec: {containers: [{name: c, image: x, resources: {requests: {cpu: lots}}}]}}");
        assertThat(bad.code()).isIn(400, 422);
        Answer good = admin.create(
                        pods,
                        "{metadata: {name: p}, spec: {containers: [{name: c, image: x, resources: {requests: {cpu: '0.5',"
                                + " memory: 1024Ki}}}]}}")
                .succeeded();
        assertThat(good.text("/spec/containers/0/resources/requests/cpu")).isEqualTo("500m");
        assertThat(good.text("/spec/containers/0/resources/requests/memory")).isEqualTo("1Mi");
    }

    @Test
    void specOfAPodIsFixedButForItsImages() {
        admin.create(pods, POD, "p").succeeded();
        admin.merge(pods + "/p", "{spec: {containers: [{name: c, image: 'x:2'}]}}")
                .succeeded();
        Answer refused =
                admin.merge(pods + "/p", "{spec: {restartPolicy: Never}}").refused(422, "Invalid");
        assertThat(refused.fields()).containsExactly("spec");
        assertThat(refused.message())
                .startsWith("Pod \"p\" is invalid: spec: Forbidden: pod updates may not change fields other than");
        admin.merge(pods + "/p", "{spec: {nodeName: %s}}", node).refused(422, "Invalid");
        assertThat(admin.get(pods + "/p").body().at("/spec").has("nodeName")).isFalse();
    }

    @Test
    void bindingGivesThePodItsNode() {
        admin.create(pods, POD, "p").succeeded();
        assertThat(bind("p", node).code()).isEqualTo(201);
        Answer bound = admin.get(pods + "/p");
        assertThat(bound.text("/spec/nodeName")).isEqualTo(node);
        assertThat(bound.body()
                        .at("/status/conditions")
                        .valueStream()
                        .map(condition -> condition.path("type").asText() + "="
                                + condition.path("status").asText()))
                .containsExactly("PodScheduled=True");
        assertThat(admin.get("/api/v1/pods?fieldSelector=spec.nodeName%3D" + node)
                        .names())
                .containsExactly("p");
    }

    @Test
    void podIsBoundOnce() {
        admin.create(pods, POD, "p").succeeded();
        bind("p", node).succeeded();
        Answer again = bind("p", node).refused(409, "Conflict");
        assertThat(again.message())
                .isEqualTo("Operation cannot be fulfilled on pods/binding \"p\": pod p is already assigned to node \""
                        + node + "\"");
        bind("p", "another").refused(409, "Conflict");
        assertThat(admin.get(pods + "/p").text("/spec/nodeName")).isEqualTo(node);
    }

    /** The uid of a binding is looked at by later versions than 1.20 only: nobody may rely on it. */
    @Test
    void bindingOfWhatIsNotThereIsNotFound() {
        bind("absent", node).refused(404, "NotFound");
    }

    @Test
    void podThatIsEndingIsNotBound() {
        admin.create(
                        pods,
                        "{metadata: {name: p, finalizers: [x.example/hold]}, spec: {containers: [{name: c, image: x}]}}")
                .succeeded();
        admin.delete(pods + "/p").succeeded();
        bind("p", node).refused(409, "Conflict");
        admin.merge(pods + "/p", "{metadata: {finalizers: null}}");
    }

    @Test
    void statusAndSpecAreWrittenApart() {
        Answer created = admin.create(pods, POD, "p").succeeded();
        ObjectNode both = (ObjectNode) created.body().deepCopy();
        ((ObjectNode) both.at("/spec/containers/0")).put("image", "x:2");
        ((ObjectNode) both.path("status")).put("phase", "Running").put("podIP", "10.0.0.1");
        Answer status = admin.replace(pods + "/p/status", both).succeeded();
        assertThat(status.text("/status/phase")).isEqualTo("Running");
        assertThat(status.text("/spec/containers/0/image")).isEqualTo("x:1");
        ObjectNode again = (ObjectNode) status.body().deepCopy();
        ((ObjectNode) again.at("/spec/containers/0")).put("image", "x:3");
        ((ObjectNode) again.path("status")).put("phase", "Failed");
        Answer spec = admin.replace(pods + "/p", again).succeeded();
        assertThat(spec.text("/status/phase")).isEqualTo("Running");
        assertThat(spec.text("/spec/containers/0/image")).isEqualTo("x:3");
    }

    @Test
    void statusConditionsMergeByType() {
        admin.create(pods, POD, "p").succeeded();
        String strategic = "application/strategic-merge-patch+json";
        admin.patch(pods + "/p/status", strategic, "{status: {conditions: [{type: Ready, status: 'False'}]}}")
                .succeeded();
        admin.patch(pods + "/p/status", strategic, "{status: {conditions: [{type: Initialized, status: 'True'}]}}")
                .succeeded();
        Answer merged = admin.patch(
                        pods + "/p/status", strategic, "{status: {conditions: [{type: Ready, status: 'True'}]}}")
                .succeeded();
        assertThat(merged.body()
                        .at("/status/conditions")
                        .valueStream()
                        .map(each -> each.path("type").asText() + "="
                                + each.path("status").asText()))
                .containsExactlyInAnyOrder("Ready=True", "Initialized=True");
    }

    @Test
    void statusOfADeadPodIsWrittenToNobody() {
        String first = admin.create(pods, POD, "p").uid();
        admin.delete(pods + "/p").succeeded();
        admin.create(pods, POD, "p").succeeded();
        admin.merge(pods + "/p/status", "{metadata: {uid: %s}, status: {phase: Failed}}", first)
                .refused(422, "Invalid");
        assertThat(admin.get(pods + "/p").text("/status/phase")).isEqualTo("Pending");
    }

    @Test
    void boundPodEndsInTwoSteps() {
        admin.create(pods, POD, "p").succeeded();
        bind("p", node).succeeded();
        Instant before = Instant.now();
        Answer ending = admin.delete(pods + "/p", "{gracePeriodSeconds: 20}").succeeded();
        assertThat(ending.text("/metadata/deletionGracePeriodSeconds")).isEqualTo("20");
        assertThat(Instant.parse(ending.text("/metadata/deletionTimestamp")))
                .isBetween(before.plusSeconds(18), before.plusSeconds(60));
        Answer sooner = admin.delete(pods + "/p", "{gracePeriodSeconds: 5}").succeeded();
        assertThat(sooner.text("/metadata/deletionGracePeriodSeconds")).isEqualTo("5");
        Answer later = admin.delete(pods + "/p", "{gracePeriodSeconds: 25}").succeeded();
        assertThat(later.text("/metadata/deletionGracePeriodSeconds")).isEqualTo("5");
        admin.delete(pods + "/p", "{gracePeriodSeconds: 0}").succeeded();
        admin.get(pods + "/p").refused(404, "NotFound");
    }

    @Test
    void graceOfThePodIsTheDefault() {
        admin.create(
                        pods,
                        "{metadata: {name: p}, spec: {nodeName: %s, terminationGracePeriodSeconds: 17, containers: [{name: c,"
                                + " image: x}]}}",
                        node)
                .succeeded();
        assertThat(admin.delete(pods + "/p").succeeded().text("/metadata/deletionGracePeriodSeconds"))
                .isEqualTo("17");
        admin.delete(pods + "/p", "{gracePeriodSeconds: 0}").succeeded();
    }

    @Test
    void podWithoutANodeEndsAtOnce() {
        admin.create(pods, POD, "p").succeeded();
        admin.delete(pods + "/p").succeeded();
        admin.get(pods + "/p").refused(404, "NotFound");
    }

    @Test
    void podsAreSelectedByTheirFields() {
        admin.create(pods, POD, "a").succeeded();
        admin.create(pods, POD, "b").succeeded();
        admin.merge(pods + "/b/status", "{status: {phase: Running}}").succeeded();
        bind("a", node).succeeded();
        assertThat(admin.get(pods + "?fieldSelector=spec.nodeName%3D").names()).containsExactly("b");
        assertThat(admin.get(pods + "?fieldSelector=status.phase%3DRunning").names())
                .containsExactly("b");
        assertThat(admin.get(pods + "?fieldSelector=status.phase!%3DRunning,spec.nodeName%3D" + node)
                        .names())
                .containsExactly("a");
        Answer refused = admin.get(pods + "?fieldSelector=spec.hostname%3Dx").refused(400, "BadRequest");
        assertThat(refused.message()).contains("field label not supported: spec.hostname");
    }

    @Test
    void podWithAnUnknownAccountIsForbidden() {
        Answer refused = admin.create(
                        pods,
                        "{metadata: {name: p}, spec: {serviceAccountName: nobody, containers: [{name: c, image: x}]}}")
                .refused(403, "Forbidden");
        assertThat(refused.message())
                .isEqualTo("pods \"p\" is forbidden: error looking up service account " + namespace
                        + "/nobody: serviceaccount \"nobody\" not found");
    }

    @Test
    void nodeStatusIsWrittenApart() {
        Answer status = admin.merge(
                        "/api/v1/nodes/" + node + "/status",
                        "{spec: {unschedulable: true}, status: {capacity: {cpu: '4'}}}")
                .succeeded();
        assertThat(status.text("/status/capacity/cpu")).isEqualTo("4");
        assertThat(admin.get("/api/v1/nodes/" + node).body().at("/spec").has("unschedulable"))
                .isFalse();
        Answer spec = admin.merge(
                        "/api/v1/nodes/" + node, "{spec: {unschedulable: true}, status: {capacity: {cpu: '8'}}}")
                .succeeded();
        assertThat(spec.text("/spec/unschedulable")).isEqualTo("true");
        assertThat(spec.text("/status/capacity/cpu")).isEqualTo("4");
    }

    private Answer bind(String pod, String target) {
        return admin.create(pods + "/" + pod + "/binding", BINDING, pod, target);
    }
}
