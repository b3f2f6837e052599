// SPDX-License-Identifier: Apache-2.0
package net.statemesh.bench.scheduler;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.NodeSelectorRequirement;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodAffinityTermBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;
import java.util.Random;
import net.statemesh.api.Annotations;
import net.statemesh.api.Labels;
import net.statemesh.api.SystemNames;
import net.statemesh.api.application.Priority;
import net.statemesh.api.project.Profile;

/** A zone as large as they come: its nodes, and pods of every kind that applications can ask for, from one seed. */
final class Zone {
    static final int NODES = 5_000;
    static final int PODS = 30_000;
    private static final int APPLICATIONS = 3_000;
    private static final int PROJECTS = 300;
    private static final List<Priority> PRIORITIES = List.of(Priority.values());
    private static final int OPERATORS = 100;
    private static final int REGIONS = 5;

    private final Random random;
    private int made;

    Zone(long seed) {
        this.random = new Random(seed);
    }

    Node node(int number) {
        int cores = 4 << random.nextInt(4);
        NodeBuilder node = new NodeBuilder()
                .withNewMetadata()
                .withName("node-" + number)
                .addToLabels(Labels.HOSTNAME, "node-" + number)
                .addToLabels(Labels.OPERATOR, "operator-" + number % OPERATORS)
                .addToLabels(Labels.REGION, "region-" + number % REGIONS)
                .addToLabels(Labels.NODE_DISK, number % 3 == 0 ? "nvme" : "ssd")
                .endMetadata()
                .withNewStatus()
                .addNewCondition()
                .withType("Ready")
                .withStatus(number % 100 == 99 ? "False" : "True")
                .endCondition()
                .addToAllocatable("cpu", new Quantity(Integer.toString(cores)))
                .addToAllocatable("memory", new Quantity(4 * cores + "Gi"))
                .addToAllocatable("pods", new Quantity("110"))
                .endStatus();
        if (number % 20 == 0) {
            node.editMetadata().addToLabels(Labels.NODE_GPU, "4").endMetadata();
        }
        if (number % 10 == 1) {
            node.editMetadata().addToLabels(Labels.NODE_PROFILE, "HPC").endMetadata();
        }
        return node.build();
    }

    /** Of 100 pods one fits nowhere, the others are as applications are: most ask for little more than room. */
    Pod pod() {
        int number = made++;
        int application = random.nextInt(APPLICATIONS);
        int kind = application % 100;
        PodBuilder pod = new PodBuilder()
                .withNewMetadata()
                .withNamespace("project-" + application % PROJECTS)
                .withName("pod-" + number)
                .withUid("uid-" + number)
                .addToLabels(Labels.APPLICATION, "app-" + application)
                .addToLabels(Labels.PRIORITY, PRIORITIES.get(application % 3).label())
                .endMetadata()
                .withNewSpec()
                .withSchedulerName(SystemNames.SCHEDULER)
                .addNewContainer()
                .withName("web")
                .withImage("registry/app-" + application)
                .withNewResources()
                .addToRequests("cpu", new Quantity(kind == 0 ? "500" : 50 + random.nextInt(900) + "m"))
                .addToRequests("memory", new Quantity(64 + random.nextInt(2000) + "Mi"))
                .endResources()
                .endContainer()
                .endSpec();
        demand(pod, application, kind);
        return pod.build();
    }

    private static void demand(PodBuilder pod, int application, int kind) {
        if (kind >= 1 && kind < 11) {
            pod.editSpec()
                    .addToNodeSelector(Labels.REGION, "region-" + application % REGIONS)
                    .endSpec();
        } else if (kind < 16) {
            pod.editMetadata().addToAnnotations(Annotations.GPUS, "1").endMetadata();
            pod.editSpec()
                    .withNewAffinity()
                    .withNewNodeAffinity()
                    .withNewRequiredDuringSchedulingIgnoredDuringExecution()
                    .addNewNodeSelectorTerm()
                    .withMatchExpressions(new NodeSelectorRequirement(Labels.NODE_GPU, "Gt", List.of("0")))
                    .endNodeSelectorTerm()
                    .endRequiredDuringSchedulingIgnoredDuringExecution()
                    .endNodeAffinity()
                    .endAffinity()
                    .endSpec();
        } else if (kind < 26) {
            pod.editSpec()
                    .addNewTopologySpreadConstraint()
                    .withTopologyKey(Labels.OPERATOR)
                    .withMaxSkew(1)
                    .withWhenUnsatisfiable("DoNotSchedule")
                    .withNewLabelSelector()
                    .addToMatchLabels(Labels.APPLICATION, "app-" + application)
                    .endLabelSelector()
                    .endTopologySpreadConstraint()
                    .endSpec();
        } else if (kind < 31) {
            pod.editSpec()
                    .withNewAffinity()
                    .withNewPodAntiAffinity()
                    .withRequiredDuringSchedulingIgnoredDuringExecution(new PodAffinityTermBuilder()
                            .withTopologyKey(Labels.HOSTNAME)
                            .withNewLabelSelector()
                            .addToMatchLabels(Labels.APPLICATION, "app-" + application)
                            .endLabelSelector()
                            .build())
                    .endPodAntiAffinity()
                    .endAffinity()
                    .endSpec();
        }
    }

    /** One project in ten computes. */
    static Profile profile(Pod pod) {
        return pod.getMetadata().getNamespace().endsWith("7") ? Profile.HPC : Profile.CLOUD;
    }
}
