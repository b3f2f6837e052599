// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.authn;

import java.util.List;
import java.util.Map;

/** Who is calling. */
public record User(String name, String uid, List<String> groups, Map<String, List<String>> extra) {
    public static final String MASTERS = "system:masters";
    public static final String AUTHENTICATED = "system:authenticated";
    public static final String UNAUTHENTICATED = "system:unauthenticated";
    public static final User ANONYMOUS = new User("system:anonymous", "", List.of(UNAUTHENTICATED), Map.of());

    private static final String NODE = "system:node:";

    public static User of(String name, List<String> groups) {
        return new User(name, "", groups, Map.of());
    }

    public boolean inGroup(String group) {
        return groups.contains(group);
    }

    /** Name of the node this is; empty when it is no node. */
    public String node() {
        return name.startsWith(NODE) && inGroup("system:nodes") ? name.substring(NODE.length()) : "";
    }
}
