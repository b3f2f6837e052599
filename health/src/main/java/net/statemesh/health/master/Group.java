// SPDX-License-Identifier: Apache-2.0
package net.statemesh.health.master;

import java.util.List;

/** The watchers that a node has by an assignment of this version. */
public record Group(long version, List<Integer> watchers) {
    public Group {
        watchers = List.copyOf(watchers);
    }
}
