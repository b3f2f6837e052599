// SPDX-License-Identifier: Apache-2.0
package net.statemesh.api.project;

/** The kind of nodes that a project's applications run on. */
public enum Profile {
    /** Bare metal and datacenter nodes. */
    HPC,
    /** Nodes with a GPU. */
    GPU,
    /** Every general-purpose node. */
    CLOUD,
    /** General-purpose nodes and the project's own. */
    HYBRID,
    /** Nodes near people: lite and virtual ones too. */
    EDGE,
    /** Only the project's own nodes. */
    MYNODE
}
