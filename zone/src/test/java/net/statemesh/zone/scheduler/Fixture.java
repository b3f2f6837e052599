// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.scheduler;

import io.fabric8.kubernetes.api.model.NodeSelectorRequirement;
import io.fabric8.kubernetes.api.model.NodeSelectorTermBuilder;
import io.fabric8.kubernetes.api.model.Taint;
import io.fabric8.kubernetes.api.model.Toleration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.statemesh.api.Labels;
import net.statemesh.api.application.Domain;
import net.statemesh.api.application.Priority;
import net.statemesh.api.project.Profile;
import org.jspecify.annotations.Nullable;

/** Nodes of 2 cores and 4 GiB, and pods of 100m and 256 MiB, unless they say otherwise. */
final class Fixture {
    static final long GIB = 1L << 30;

    private Fixture() {}

    static NodeFixture node(String name) {
        return new NodeFixture(name);
    }

    static PodFixture pod(String name) {
        return new PodFixture(name);
    }

    static NodeLedger ledger(NodeFixture... nodes) {
        NodeLedger ledger = new NodeLedger();
        for (NodeFixture node : nodes) {
            node.in(ledger);
        }
        return ledger;
    }

    static final class NodeFixture {
        private final String name;
        private final Set<String> pressures = new HashSet<>();
        private final Map<String, String> labels = new HashMap<>();
        private final List<Taint> taints = new ArrayList<>();
        private final List<PodFixture> pods = new ArrayList<>();
        private boolean ready = true;
        private boolean cordoned;
        private String cordonedBy = "";
        private long cpuMillis = 2000;
        private long gpus;

        NodeFixture(String name) {
            this.name = name;
        }

        NodeFixture cpu(long millis) {
            cpuMillis = millis;
            return this;
        }

        NodeFixture gpus(int count) {
            gpus = count;
            labels.put(Labels.NODE_GPU, Integer.toString(count));
            return this;
        }

        NodeFixture notReady() {
            ready = false;
            return this;
        }

        NodeFixture cordonedBy(String who) {
            cordoned = true;
            cordonedBy = who;
            return this;
        }

        NodeFixture taint(String key, String effect) {
            taints.add(new Taint(effect, key, null, null));
            return this;
        }

        NodeFixture label(String key, String value) {
            labels.put(key, value);
            return this;
        }

        NodeFixture operator(String value) {
            return label(Labels.OPERATOR, value);
        }

        NodeFixture shortOf(String what) {
            pressures.add(what);
            return this;
        }

        NodeFixture with(PodFixture pod) {
            pods.add(pod);
            return this;
        }

        NodeFacts facts() {
            return new NodeFacts(
                    name,
                    Map.copyOf(labels),
                    ready,
                    Set.copyOf(pressures),
                    cordoned,
                    cordonedBy,
                    List.copyOf(taints),
                    new Resources(cpuMillis, 4 * GIB, 100, gpus),
                    Set.of());
        }

        void in(NodeLedger ledger) {
            ledger.put(facts());
            pods.forEach(pod -> ledger.assume(pod.request(), name));
        }
    }

    static final class PodFixture {
        private final String name;
        private String project = "team";
        private String application = "shop";
        private final Map<String, String> selector = new HashMap<>();
        private final List<NodeSelectorRequirement> expressions = new ArrayList<>();
        private final List<Toleration> tolerations = new ArrayList<>();
        private final List<SpreadRule> spread = new ArrayList<>();
        private final List<NeighbourRule> near = new ArrayList<>();
        private final List<NeighbourRule> apart = new ArrayList<>();
        private long cpuMillis = 100;
        private long memoryBytes = GIB / 4;
        private long gpus;
        private Priority priority = Priority.NORMAL;
        private Profile profile = Profile.CLOUD;
        private @Nullable Gang gang;

        PodFixture(String name) {
            this.name = name;
        }

        PodFixture of(String value) {
            application = value;
            return this;
        }

        PodFixture project(String value) {
            project = value;
            return this;
        }

        PodFixture cpu(long millis) {
            cpuMillis = millis;
            return this;
        }

        PodFixture memory(long bytes) {
            memoryBytes = bytes;
            return this;
        }

        PodFixture gpus(int count) {
            gpus = count;
            return count == 0 ? this : expression(Labels.NODE_GPU, "Gt", Integer.toString(count - 1));
        }

        PodFixture priority(Priority value) {
            priority = value;
            return this;
        }

        PodFixture profile(Profile value) {
            profile = value;
            return this;
        }

        PodFixture selector(String key, String value) {
            selector.put(key, value);
            return this;
        }

        PodFixture toleration(Toleration toleration) {
            tolerations.add(toleration);
            return this;
        }

        PodFixture expression(String key, String operator, String... values) {
            expressions.add(new NodeSelectorRequirement(key, operator, List.of(values)));
            return this;
        }

        PodFixture spread(Domain across, int maxSkew) {
            spread.add(new SpreadRule(across, maxSkew, true));
            return this;
        }

        PodFixture near(String other, Domain within) {
            near.add(new NeighbourRule(project + "/" + other, within, true));
            return this;
        }

        PodFixture apart(String other, Domain within) {
            apart.add(new NeighbourRule(project + "/" + other, within, true));
            return this;
        }

        PodFixture gang(int size, long timeoutMillis) {
            gang = new Gang(size, timeoutMillis);
            return this;
        }

        PodRequest request() {
            return new PodRequest(
                    "uid-" + name,
                    project + "/" + name,
                    new Demands(
                            project,
                            profile,
                            Map.copyOf(selector),
                            expressions.isEmpty()
                                    ? List.of()
                                    : List.of(new NodeSelectorTermBuilder()
                                            .withMatchExpressions(expressions)
                                            .build()),
                            List.copyOf(tolerations),
                            List.of()),
                    project + "/" + application,
                    new Resources(cpuMillis, memoryBytes, 1, gpus),
                    priority.value(),
                    Policy.of(profile),
                    List.of("shop:1"),
                    List.copyOf(spread),
                    List.copyOf(near),
                    List.copyOf(apart),
                    gang);
        }
    }
}
