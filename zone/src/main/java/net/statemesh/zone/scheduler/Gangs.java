// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.scheduler;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Members of gangs that have no node, by application. */
final class Gangs {
    private final Map<String, NavigableMap<String, Waiting>> members = new HashMap<>();

    void add(Waiting member) {
        if (member.pod().gang() != null) {
            members.computeIfAbsent(member.pod().application(), application -> new TreeMap<>())
                    .put(member.pod().key(), member);
        }
    }

    void remove(PodRequest pod) {
        NavigableMap<String, Waiting> all = members.get(pod.application());
        if (all != null) {
            all.remove(pod.key());
            if (all.isEmpty()) {
                members.remove(pod.application());
            }
        }
    }

    /** By name; those of the same application. */
    List<Waiting> with(PodRequest pod) {
        return new ArrayList<>(
                members.getOrDefault(pod.application(), new TreeMap<>()).values());
    }

    /** What the newest members want: the application may have been scaled since the first ones were made. */
    static Gang rules(List<Waiting> members) {
        int size = 1;
        long timeoutMillis = 1;
        for (Waiting member : members) {
            Gang gang = member.pod().gang();
            if (gang != null) {
                size = Math.max(size, gang.size());
                timeoutMillis = Math.max(timeoutMillis, gang.timeoutMillis());
            }
        }
        return new Gang(size, timeoutMillis);
    }
}
