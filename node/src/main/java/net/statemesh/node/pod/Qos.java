// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.pod;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Quality of service class, by the rules of Kubernetes. */
enum Qos {
    GUARANTEED("Guaranteed"),
    BURSTABLE("Burstable"),
    BEST_EFFORT("BestEffort");

    private static final List<String> COUNTED = List.of("cpu", "memory");

    private final String word;

    Qos(String word) {
        this.word = word;
    }

    static Qos of(PodSpec spec) {
        List<@Nullable ResourceRequirements> all = Stream.concat(
                        spec.getInitContainers().stream(), spec.getContainers().stream())
                .map(Container::getResources)
                .toList();
        if (all.stream().allMatch(Qos::isEmpty)) {
            return BEST_EFFORT;
        }
        return all.stream().allMatch(Qos::isGuaranteed) ? GUARANTEED : BURSTABLE;
    }

    private static boolean isEmpty(@Nullable ResourceRequirements resources) {
        return resources == null
                || COUNTED.stream()
                        .allMatch(n -> !map(resources.getRequests()).containsKey(n)
                                && !map(resources.getLimits()).containsKey(n));
    }

    /** Limits on both, and requests absent or equal to them. */
    private static boolean isGuaranteed(@Nullable ResourceRequirements resources) {
        return resources != null
                && COUNTED.stream().allMatch(name -> {
                    Quantity limit = map(resources.getLimits()).get(name);
                    Quantity request = map(resources.getRequests()).getOrDefault(name, limit);
                    return limit != null
                            && request != null
                            && limit.getNumericalAmount().compareTo(request.getNumericalAmount()) == 0;
                });
    }

    private static Map<String, Quantity> map(@Nullable Map<String, Quantity> quantities) {
        return quantities == null ? Map.of() : quantities;
    }

    @Override
    public String toString() {
        return word;
    }
}
