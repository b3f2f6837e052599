// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.plan;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.statemesh.api.Condition;
import org.jspecify.annotations.Nullable;

/** Builds the next conditions; a condition keeps its transition time while its status and reason stay. */
public final class Conditions {
    private final List<Condition> previous;
    private final String actor;
    private final Instant now;
    private final List<Condition> next = new ArrayList<>();

    public Conditions(List<Condition> previous, String actor, Instant now) {
        this.previous = previous;
        this.actor = actor;
        this.now = now;
    }

    public Conditions set(String type, boolean holds, String reason, @Nullable String message) {
        String status = holds ? Condition.TRUE : Condition.FALSE;
        Optional<Condition> unchanged = previous.stream()
                .filter(condition -> condition.type().equals(type))
                .filter(condition ->
                        condition.status().equals(status) && condition.reason().equals(reason))
                .findFirst();
        next.add(new Condition(
                type,
                status,
                reason,
                message,
                unchanged.map(Condition::actor).orElse(actor),
                unchanged.map(Condition::lastTransitionTime).orElse(timestamp(now))));
        return this;
    }

    public List<Condition> list() {
        return List.copyOf(next);
    }

    /** RFC 3339 with seconds, as Kubernetes writes times. */
    public static String timestamp(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
