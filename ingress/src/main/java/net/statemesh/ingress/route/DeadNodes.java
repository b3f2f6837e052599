// SPDX-License-Identifier: Apache-2.0
package net.statemesh.ingress.route;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.util.Set;
import java.util.function.Consumer;
import net.statemesh.api.Reason;
import net.statemesh.api.StatusConditions;

/** Keeps the names of nodes that the master has called dead: their replicas get no requests, whatever was last said about them. */
final class DeadNodes implements ResourceEventHandler<Node> {
    private final Set<String> names;
    private final Consumer<String> changed;

    /**
     * Starts with what {@code names} holds.
     *
     * @param names safe for use by several threads
     * @param changed told the name of a node that died or came back
     */
    DeadNodes(Set<String> names, Consumer<String> changed) {
        this.names = names;
        this.changed = changed;
    }

    @Override
    public void onAdd(Node node) {
        note(node.getMetadata().getName(), isDead(node));
    }

    @Override
    public void onUpdate(Node before, Node after) {
        note(after.getMetadata().getName(), isDead(after));
    }

    /** What ran on a node that left the zone is up to the replicas' own objects. */
    @Override
    public void onDelete(Node node, boolean lastStateUnknown) {
        note(node.getMetadata().getName(), false);
    }

    private void note(String name, boolean dead) {
        if (dead ? names.add(name) : names.remove(name)) {
            changed.accept(name);
        }
    }

    static boolean isDead(Node node) {
        return StatusConditions.of(node, StatusConditions.READY)
                .filter(condition -> "False".equals(condition.getStatus()))
                .filter(condition -> Reason.NODE_DEAD.equals(condition.getReason()))
                .isPresent();
    }
}
