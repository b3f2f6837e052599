// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.component;

import java.util.ArrayList;
import java.util.List;

/** Names of the processes of a zone, in the order in which they are started; they stop in the opposite order. */
public final class ComponentNames {
    public static final String SUPERVISOR = "supervisor";
    public static final String REGISTRY = "registry";
    public static final String MASTER = "master";
    public static final String INGRESS = "ingress";

    private ComponentNames() {}

    public static String containerd(String node) {
        return "containerd-" + node;
    }

    public static String agent(String node) {
        return "agent-" + node;
    }

    /** Everything the supervisor watches. */
    public static List<String> all(List<String> nodes) {
        List<String> names = new ArrayList<>(List.of(MASTER, REGISTRY));
        nodes.forEach(node -> names.add(containerd(node)));
        nodes.forEach(node -> names.add(agent(node)));
        names.add(INGRESS);
        return names;
    }
}
