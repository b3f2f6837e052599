// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.pod;

import io.fabric8.kubernetes.api.model.PodStatus;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import net.statemesh.node.probe.ProbeKind;
import net.statemesh.node.probe.ProbeState;
import org.jspecify.annotations.Nullable;

/**
 * What the agent remembers about a pod beside its specification and what the runtime shows. All of it can be lost without harm: a
 * restarted agent begins with {@link #EMPTY}.
 *
 * @param underWay keys of the actions that run now
 * @param failures by the key of the action that failed last
 * @param images container name to the image reference its next start uses
 * @param probes by container id, then kind
 * @param status the status last computed
 */
record PodMemory(
        Set<String> underWay,
        Map<String, Failure> failures,
        Map<String, String> images,
        Map<String, Map<ProbeKind, ProbeState>> probes,
        @Nullable PodStatus status) {
    static final PodMemory EMPTY = new PodMemory(Set.of(), Map.of(), Map.of(), Map.of(), null);

    PodMemory {
        underWay = Set.copyOf(underWay);
        failures = Map.copyOf(failures);
        images = Map.copyOf(images);
        probes = Map.copyOf(probes);
    }

    boolean isUnderWay(String key) {
        return underWay.contains(key);
    }

    boolean anyUnderWay(Predicate<String> keys) {
        return underWay.stream().anyMatch(keys);
    }

    PodMemory begun(String key) {
        Set<String> next = new HashSet<>(underWay);
        next.add(key);
        return new PodMemory(next, failures, images, probes, status);
    }

    /** The action ended well. */
    PodMemory done(String key) {
        Map<String, Failure> next = new HashMap<>(failures);
        next.remove(key);
        return new PodMemory(without(key), next, images, probes, status);
    }

    PodMemory failed(String key, Failure failure) {
        return new PodMemory(without(key), with(failures, key, failure), images, probes, status);
    }

    PodMemory imageReady(String container, String imageRef) {
        return new PodMemory(underWay, failures, with(images, container, imageRef), probes, status);
    }

    /** The next start of this container resolves its image again. */
    PodMemory imageUsed(String container) {
        Map<String, String> next = new HashMap<>(images);
        next.remove(container);
        return new PodMemory(underWay, failures, next, probes, status);
    }

    PodMemory probed(String containerId, ProbeKind kind, ProbeState state) {
        Map<ProbeKind, ProbeState> ofContainer = with(probes.getOrDefault(containerId, Map.of()), kind, state);
        return new PodMemory(underWay, failures, images, with(probes, containerId, Map.copyOf(ofContainer)), status);
    }

    /** Forgets the probes of containers that are gone. */
    PodMemory keepProbes(Set<String> containerIds) {
        Map<String, Map<ProbeKind, ProbeState>> next = new HashMap<>(probes);
        next.keySet().retainAll(containerIds);
        return new PodMemory(underWay, failures, images, next, status);
    }

    /** Adds probes that a decision has begun. */
    PodMemory withProbes(Map<String, Map<ProbeKind, ProbeState>> begun) {
        Map<String, Map<ProbeKind, ProbeState>> next = new HashMap<>(probes);
        begun.forEach((id, states) -> next.put(id, Map.copyOf(states)));
        return new PodMemory(underWay, failures, images, next, status);
    }

    PodMemory reported(PodStatus newStatus) {
        return new PodMemory(underWay, failures, images, probes, newStatus);
    }

    private Set<String> without(String key) {
        Set<String> next = new HashSet<>(underWay);
        next.remove(key);
        return next;
    }

    private static <K, V> Map<K, V> with(Map<K, V> map, K key, V value) {
        Map<K, V> next = new HashMap<>(map);
        next.put(key, value);
        return next;
    }
}
