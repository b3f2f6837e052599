// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.health;

import io.fabric8.kubernetes.api.model.NodeCondition;
import java.util.Locale;
import java.util.Objects;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import net.statemesh.api.Reason;
import net.statemesh.health.master.Standing;
import net.statemesh.health.master.Verdict;

/** A verdict in words. Pure. */
final class Verdicts {
    /** Of a node that is heard again and whose agent's last word is not known. */
    static final Mark RETURNED = new Mark("True", Reason.NODE_RETURNED, "the node's heartbeats arrive again");

    private static final double MAX_TOLD_PHI = 99;

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
        String silence =
                "for %d ms (phi %.1f)".formatted(verdict.silentMillis(), Math.min(verdict.phi(), MAX_TOLD_PHI));
        return switch (verdict.standing()) {
            case ALIVE, NEW -> RETURNED;
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

    /** What a Ready condition says about how the master called the node; what an agent wrote says alive. */
    static Standing standing(NodeCondition ready) {
        return switch (String.valueOf(ready.getReason())) {
            case Reason.NODE_DEAD -> Standing.DEAD;
            case Reason.NODE_LINK_CUT -> Standing.LINK_CUT;
            case Reason.NODE_AGENT_AWAY -> Standing.AGENT_AWAY;
            default -> Standing.ALIVE;
        };
    }

    static Mark said(NodeCondition ready) {
        return new Mark(
                Objects.requireNonNullElse(ready.getStatus(), "Unknown"),
                Objects.requireNonNullElse(ready.getReason(), Reason.NODE_RETURNED),
                Objects.requireNonNullElse(ready.getMessage(), ""));
    }
}
