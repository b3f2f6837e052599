// SPDX-License-Identifier: Apache-2.0
package net.statemesh.api;

/** Field managers of server-side apply: who owns which field. */
public final class FieldManagers {
    /** The launcher, when it installs a zone. */
    public static final String INSTALL = "statemesh-install";
    /** The master. */
    public static final String MASTER = "statemesh-master";
    /** Node agents. */
    public static final String NODE = "statemesh-node";
    /** The command line. */
    public static final String CLI = "statemesh-cli";

    private FieldManagers() {}
}
