// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.node;

import io.fabric8.kubernetes.api.model.Node;
import java.util.Map;
import java.util.Objects;
import net.statemesh.api.Annotations;
import net.statemesh.api.ConditionTypes;
import net.statemesh.api.Reason;
import net.statemesh.api.StatusConditions;
import net.statemesh.zone.cache.ChangeHandler;
import net.statemesh.zone.cache.ZoneCache;
import net.statemesh.zone.event.EventRecorder;
import org.jspecify.annotations.Nullable;

/** Writes down when somebody keeps replicas away from a node, and when they may come again. The end of a drain is the drain's to tell. */
public final class CordonEvents {
    private final EventRecorder events;

    private CordonEvents(EventRecorder events) {
        this.events = events;
    }

    /** From now on; what was so before was written down when it came. */
    public static void register(ZoneCache cache, EventRecorder events) {
        cache.nodes().addEventHandler(ChangeHandler.comparing(new CordonEvents(events)::changed, gone -> {}));
    }

    private void changed(@Nullable Node before, Node node) {
        if (before == null || isCordoned(before) == isCordoned(node)) {
            return;
        }
        if (isCordoned(node)) {
            String by = Objects.requireNonNullElse(node.getMetadata().getAnnotations(), Map.<String, String>of())
                    .getOrDefault(Annotations.CORDONED_BY, "");
            String message = "no new replicas come to this node" + (by.isEmpty() ? "" : ": " + by);
            events.record(node, EventRecorder.NORMAL, Reason.CORDONED, message);
        } else if (!wasDrained(node)) {
            events.record(node, EventRecorder.NORMAL, Reason.UNCORDONED, "replicas may come to this node again");
        }
    }

    private static boolean isCordoned(Node node) {
        return node.getSpec() != null && Boolean.TRUE.equals(node.getSpec().getUnschedulable());
    }

    private static boolean wasDrained(Node node) {
        return StatusConditions.of(node, ConditionTypes.DRAINED).isPresent();
    }
}
