// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.store;

/** Told of every committed change, in revision order, on the writer's thread: must neither block nor throw. */
@FunctionalInterface
public interface ChangeListener {
    void changed(Change change);
}
