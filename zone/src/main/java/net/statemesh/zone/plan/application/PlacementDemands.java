// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.plan.application;

import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.AffinityBuilder;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.NodeAffinity;
import io.fabric8.kubernetes.api.model.PodAffinityTerm;
import io.fabric8.kubernetes.api.model.PodAffinityTermBuilder;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraintBuilder;
import io.fabric8.kubernetes.api.model.WeightedPodAffinityTerm;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.statemesh.api.Annotations;
import net.statemesh.api.Labels;
import net.statemesh.api.application.ApplicationSpec;
import net.statemesh.api.application.Placement;
import net.statemesh.api.application.Placement.Neighbour;
import net.statemesh.api.application.Placement.Rule;
import org.jspecify.annotations.Nullable;

/** {@link Placement} as pod affinity and topology spread, so that any Kubernetes scheduler would honour it; gangs have no such field. */
final class PlacementDemands {
    private static final int WEIGHT = 100;

    private PlacementDemands() {}

    /** What Kubernetes has no field for. */
    static Map<String, String> annotations(ApplicationSpec spec) {
        Map<String, String> annotations = new LinkedHashMap<>();
        if (spec.requirements() != null && spec.requirements().gpus() > 0) {
            annotations.put(Annotations.GPUS, spec.requirements().gpus().toString());
        }
        Placement.Gang gang = spec.placement() == null ? null : spec.placement().gang();
        if (gang != null) {
            annotations.put(Annotations.GANG_SIZE, spec.replicas().toString());
            annotations.put(
                    Annotations.GANG_TIMEOUT_SECONDS, gang.timeoutSeconds().toString());
        }
        return annotations;
    }

    /** Absent when there is nothing to say. */
    static @Nullable Affinity affinity(@Nullable NodeAffinity nodes, Placement placement) {
        if (nodes == null && placement.near().isEmpty() && placement.apart().isEmpty()) {
            return null;
        }
        AffinityBuilder affinity = new AffinityBuilder().withNodeAffinity(nodes);
        if (!placement.near().isEmpty()) {
            affinity.withNewPodAffinity()
                    .withRequiredDuringSchedulingIgnoredDuringExecution(required(placement.near()))
                    .withPreferredDuringSchedulingIgnoredDuringExecution(preferred(placement.near()))
                    .endPodAffinity();
        }
        if (!placement.apart().isEmpty()) {
            affinity.withNewPodAntiAffinity()
                    .withRequiredDuringSchedulingIgnoredDuringExecution(required(placement.apart()))
                    .withPreferredDuringSchedulingIgnoredDuringExecution(preferred(placement.apart()))
                    .endPodAntiAffinity();
        }
        return affinity.build();
    }

    static List<TopologySpreadConstraint> spread(String application, Placement placement) {
        return placement.spread().stream()
                .map(rule -> new TopologySpreadConstraintBuilder()
                        .withTopologyKey(rule.across().label())
                        .withMaxSkew(rule.maxSkew())
                        .withWhenUnsatisfiable(rule.rule() == Rule.REQUIRED ? "DoNotSchedule" : "ScheduleAnyway")
                        .withLabelSelector(replicasOf(application))
                        .build())
                .toList();
    }

    private static List<PodAffinityTerm> required(List<Neighbour> rules) {
        return rules.stream()
                .filter(rule -> rule.rule() == Rule.REQUIRED)
                .map(PlacementDemands::term)
                .toList();
    }

    private static List<WeightedPodAffinityTerm> preferred(List<Neighbour> rules) {
        return rules.stream()
                .filter(rule -> rule.rule() == Rule.PREFERRED)
                .map(rule -> new WeightedPodAffinityTerm(term(rule), WEIGHT))
                .toList();
    }

    private static PodAffinityTerm term(Neighbour rule) {
        return new PodAffinityTermBuilder()
                .withTopologyKey(rule.within().label())
                .withLabelSelector(replicasOf(rule.application()))
                .build();
    }

    private static LabelSelector replicasOf(String application) {
        return new LabelSelectorBuilder()
                .addToMatchLabels(Labels.APPLICATION, application)
                .build();
    }
}
