// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.scheduler;

import io.fabric8.kubernetes.api.model.Taint;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A node as the scheduler sees it.
 *
 * @param pressures what the node is short of, for people: {@code memory}, {@code disk}, {@code process ids}
 * @param cordonedBy who cordoned it, for people; empty when nobody is known
 * @param replicas replicas per application
 */
public record NodeState(
        String name,
        Map<String, String> labels,
        boolean ready,
        Set<String> pressures,
        boolean cordoned,
        String cordonedBy,
        List<Taint> taints,
        Resources allocatable,
        Resources reserved,
        Map<String, Integer> replicas,
        Set<String> images) {

    public Resources free() {
        return allocatable.minus(reserved);
    }
}
