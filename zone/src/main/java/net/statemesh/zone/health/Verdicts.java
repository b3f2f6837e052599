// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.health;

import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import net.statemesh.api.Reason;
import net.statemesh.health.master.Standing;
import net.statemesh.health.master.Verdict;

/** A verdict in words. Pure. */
final class Verdicts {
    private Verdicts() {}

    /**
     * How a node's Ready condition is to be.
     *
     * @param status {@code True}, {@code False} or {@code Unknown}
     * @param reason one of {@link Reason}
     */
    record Mark(String status, String reason, String message) {}

    /** @param names of nodes by number */
    static Mark mark(Verdict verdict, IntFunction<String> names) {
        String silence = "for %d ms (phi %.1f)".formatted(verdict.silentMillis(), Math.min(verdict.phi(), 99));
        return switch (verdict.standing()) {
            case ALIVE, NEW -> new Mark("True", Reason.NODE_RETURNED, "the node's heartbeats arrive again");
            case LINK_CUT ->
                new Mark(
                        "Unknown",
                        Reason.NODE_LINK_CUT,
                        "the master has not heard the node " + silence + ", others reach it: nothing on it is touched");
            case AGENT_AWAY ->
                new Mark(
                        "Unknown",
                        Reason.NODE_AGENT_AWAY,
                        "the node's agent has been silent " + silence
                                + ", its machine answers: nothing on it is touched");
            case DEAD ->
                new Mark(
                        "False",
                        Reason.NODE_DEAD,
                        "no heartbeat " + silence + ", and not reached: " + testimonies(verdict, names));
        };
    }

    private static String testimonies(Verdict verdict, IntFunction<String> names) {
        return verdict.testimonies().stream()
                .map(testimony -> names.apply(testimony.witness()) + " reached "
                        + testimony.reached().name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }

    /** What a Ready condition written for a verdict says about the node. */
    static Standing standing(String reason) {
        return switch (reason) {
            case Reason.NODE_DEAD -> Standing.DEAD;
            case Reason.NODE_LINK_CUT -> Standing.LINK_CUT;
            case Reason.NODE_AGENT_AWAY -> Standing.AGENT_AWAY;
            default -> Standing.ALIVE;
        };
    }
}
