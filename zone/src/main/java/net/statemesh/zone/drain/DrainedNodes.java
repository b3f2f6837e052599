// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.drain;

import io.fabric8.kubernetes.api.model.Node;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import net.statemesh.api.Annotations;
import net.statemesh.zone.cache.ChangeHandler;
import net.statemesh.zone.cache.ZoneCache;
import org.jspecify.annotations.Nullable;

/** Which nodes are to be left by all replicas. A node that takes new pods is not, whatever its annotation says. */
public final class DrainedNodes {
    private final ZoneCache cache;

    /** @param changed told the name of a node that is to be left from now on, or no longer */
    public DrainedNodes(ZoneCache cache, Consumer<String> changed) {
        this.cache = cache;
        cache.nodes()
                .addEventHandler(ChangeHandler.comparing(
                        (before, node) -> {
                            if (!by(before).equals(by(node))) {
                                changed.accept(node.getMetadata().getName());
                            }
                        },
                        gone -> {}));
    }

    /** Who wants this node to be left; empty: nobody. */
    public Optional<String> by(String node) {
        return by(cache.nodes().getIndexer().getByKey(node));
    }

    static Optional<String> by(@Nullable Node node) {
        if (node == null
                || node.getSpec() == null
                || !Boolean.TRUE.equals(node.getSpec().getUnschedulable())) {
            return Optional.empty();
        }
        Map<String, String> annotations =
                Objects.requireNonNullElse(node.getMetadata().getAnnotations(), Map.of());
        return Optional.ofNullable(annotations.get(Annotations.DRAINED_BY));
    }
}
