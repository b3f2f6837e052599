// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.power;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What a virtual node has.
 *
 * @param power whether agent and containerd run, or are started
 * @param since ISO 8601 instant from which on this is so: just before power or link were taken, just after they were given back
 */
public record NodeState(String node, boolean power, Link link, String since) {
    /** What passes between a node and others. */
    public enum Link {
        @JsonProperty("up")
        UP,
        /** Nothing. */
        @JsonProperty("down")
        DOWN,
        /** All but what the node's own address and the master's send each other. */
        @JsonProperty("cut-from-master")
        CUT_FROM_MASTER
    }
}
