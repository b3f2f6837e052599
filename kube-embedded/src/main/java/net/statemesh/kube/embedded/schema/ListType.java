// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.schema;

/** {@code x-kubernetes-list-type}. */
public enum ListType {
    /** Owned and replaced as a whole. */
    ATOMIC,
    /** Items are scalars, each at most once. */
    SET,
    /** Items are objects identified by key fields. */
    MAP
}
