// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.scheduler;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.NodeSelectorTerm;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodAffinityTerm;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import io.fabric8.kubernetes.api.model.WeightedPodAffinityTerm;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import net.statemesh.api.Labels;
import net.statemesh.api.application.Domain;
import net.statemesh.api.project.Profile;
import org.jspecify.annotations.Nullable;

/**
 * Reads affinity and spread from a pod's spec (Kubernetes API, core/v1): between applications of one namespace, over the domains of
 * {@link Domain}. A required rule of another kind cannot be kept, so the pod is not placed and told so; a preferred one is passed over.
 */
final class PlacementRules {
    private final Pod pod;
    private final List<SpreadRule> spread = new ArrayList<>();
    private final List<NeighbourRule> near = new ArrayList<>();
    private final List<NeighbourRule> apart = new ArrayList<>();
    private final List<String> unknown = new ArrayList<>();

    private PlacementRules(Pod pod) {
        this.pod = pod;
    }

    static PlacementRules of(Pod pod) {
        PlacementRules rules = new PlacementRules(pod);
        pod.getSpec().getTopologySpreadConstraints().forEach(rules::spread);
        if (pod.getSpec().getAffinity() != null) {
            rules.affinity(pod.getSpec());
        }
        return rules;
    }

    Demands demands(Profile profile) {
        PodSpec spec = pod.getSpec();
        return new Demands(
                pod.getMetadata().getNamespace(),
                profile,
                Objects.requireNonNullElse(spec.getNodeSelector(), Map.of()),
                terms(spec),
                Objects.requireNonNullElse(spec.getTolerations(), List.of()),
                List.copyOf(unknown));
    }

    List<SpreadRule> spread() {
        return List.copyOf(spread);
    }

    List<NeighbourRule> near() {
        return List.copyOf(near);
    }

    List<NeighbourRule> apart() {
        return List.copyOf(apart);
    }

    private void spread(TopologySpreadConstraint constraint) {
        boolean required = !"ScheduleAnyway".equals(constraint.getWhenUnsatisfiable());
        Optional<Domain> domain = Domain.ofLabel(constraint.getTopologyKey());
        boolean own = application(constraint.getLabelSelector())
                .filter(PodRequest.application(pod)::equals)
                .isPresent();
        if (domain.isPresent() && own && constraint.getMinDomains() == null) {
            int maxSkew = Math.max(1, Objects.requireNonNullElse(constraint.getMaxSkew(), 1));
            spread.add(new SpreadRule(domain.get(), maxSkew, required));
        } else if (required) {
            unknown.add("topology spread over " + constraint.getTopologyKey());
        }
    }

    private void affinity(PodSpec spec) {
        if (spec.getAffinity().getPodAffinity() != null) {
            neighbours(
                    spec.getAffinity().getPodAffinity().getRequiredDuringSchedulingIgnoredDuringExecution(),
                    spec.getAffinity().getPodAffinity().getPreferredDuringSchedulingIgnoredDuringExecution(),
                    near);
        }
        if (spec.getAffinity().getPodAntiAffinity() != null) {
            neighbours(
                    spec.getAffinity().getPodAntiAffinity().getRequiredDuringSchedulingIgnoredDuringExecution(),
                    spec.getAffinity().getPodAntiAffinity().getPreferredDuringSchedulingIgnoredDuringExecution(),
                    apart);
        }
    }

    private void neighbours(
            List<PodAffinityTerm> required, List<WeightedPodAffinityTerm> preferred, List<NeighbourRule> rules) {
        for (PodAffinityTerm term : required) {
            rule(term, true)
                    .ifPresentOrElse(
                            rules::add, () -> unknown.add("pod affinity by other labels than " + Labels.APPLICATION));
        }
        preferred.forEach(weighted -> rule(weighted.getPodAffinityTerm(), false).ifPresent(rules::add));
    }

    private Optional<NeighbourRule> rule(PodAffinityTerm term, boolean required) {
        boolean here = term.getNamespaceSelector() == null
                && (term.getNamespaces().isEmpty()
                        || term.getNamespaces().equals(List.of(pod.getMetadata().getNamespace())));
        return !here
                ? Optional.empty()
                : application(term.getLabelSelector())
                        .flatMap(application -> Domain.ofLabel(term.getTopologyKey())
                                .map(domain -> new NeighbourRule(application, domain, required)));
    }

    private Optional<String> application(@Nullable LabelSelector selector) {
        if (selector == null
                || !selector.getMatchExpressions().isEmpty()
                || selector.getMatchLabels() == null
                || selector.getMatchLabels().size() != 1) {
            return Optional.empty();
        }
        return Optional.ofNullable(selector.getMatchLabels().get(Labels.APPLICATION))
                .map(name -> pod.getMetadata().getNamespace() + "/" + name);
    }

    private static List<NodeSelectorTerm> terms(PodSpec spec) {
        if (spec.getAffinity() == null
                || spec.getAffinity().getNodeAffinity() == null
                || spec.getAffinity().getNodeAffinity().getRequiredDuringSchedulingIgnoredDuringExecution() == null) {
            return List.of();
        }
        return spec.getAffinity()
                .getNodeAffinity()
                .getRequiredDuringSchedulingIgnoredDuringExecution()
                .getNodeSelectorTerms();
    }
}
