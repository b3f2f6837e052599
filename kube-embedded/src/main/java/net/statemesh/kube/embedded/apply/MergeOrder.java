// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.apply;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Order of a merged list: the applied order holds, and items that were not applied stay where they were. */
final class MergeOrder {
    private MergeOrder() {}

    static List<String> of(Set<String> live, Set<String> applied) {
        Set<String> result = new LinkedHashSet<>();
        List<String> wanted = new ArrayList<>(applied);
        int next = 0;
        for (String step : live) {
            if (!applied.contains(step)) {
                result.add(step);
                continue;
            }
            // everything the applied order puts before this item comes before it
            int place = wanted.indexOf(step);
            while (next <= place) {
                result.add(wanted.get(next++));
            }
        }
        result.addAll(wanted);
        return List.copyOf(result);
    }
}
