// SPDX-License-Identifier: Apache-2.0
package net.statemesh.health.master;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import net.statemesh.health.protocol.Reached;
import net.statemesh.health.protocol.Timing;

/**
 * One question about a suspect, to several witnesses. Those who fall silent themselves, as when many fail together, are replaced; and
 * beside those whose answer is late others are asked, since whoever dies while he tries still looks alive for a while.
 */
final class Round {
    private static final int MAX_WITNESSES = 4 * Timing.WITNESSES;
    /** When an answer is late: a witness has given up by then, unless messages take long. */
    private static final int DUE_MILLIS = Timing.PING_PATIENCE_MILLIS + Timing.PING_MILLIS;

    private final long number;
    private final long startMillis;
    /** When each was asked first. */
    private final Map<Integer, Long> witnesses = new LinkedHashMap<>();

    private final Map<Integer, Reached> answers = new LinkedHashMap<>();
    private long enlistedMillis;
    private long askAgainMillis;

    Round(long number, long nowMillis) {
        this.number = number;
        this.startMillis = nowMillis;
        this.enlistedMillis = nowMillis;
        this.askAgainMillis = nowMillis;
    }

    long number() {
        return number;
    }

    /** Whether the witness was asked in this round. */
    boolean answered(int witness, Reached reached) {
        if (!witnesses.containsKey(witness)) {
            return false;
        }
        answers.put(witness, reached);
        return true;
    }

    /** Whether there is somebody to ask, perhaps again. */
    boolean asks(IntPredicate canTestify, long nowMillis) {
        return nowMillis >= askAgainMillis
                || (answers.isEmpty() && witnesses.keySet().stream().noneMatch(canTestify::test));
    }

    /**
     * Those to ask now: who has not answered and may still do so.
     *
     * @param candidates who knows the suspect at this moment
     */
    List<Integer> toAsk(List<Integer> candidates, IntPredicate canTestify, long nowMillis) {
        askAgainMillis = nowMillis + Timing.ASK_AGAIN_MILLIS;
        List<Integer> awaited = new ArrayList<>(awaited(canTestify));
        long late = awaited.stream()
                .filter(witness -> nowMillis - witnesses.getOrDefault(witness, nowMillis) >= DUE_MILLIS)
                .count();
        for (int candidate : candidates) {
            if (answers.size() + awaited.size() - late < Timing.WITNESSES
                    && witnesses.size() < MAX_WITNESSES
                    && !witnesses.containsKey(candidate)
                    && canTestify.test(candidate)) {
                witnesses.put(candidate, nowMillis);
                awaited.add(candidate);
                enlistedMillis = nowMillis;
            }
        }
        return awaited;
    }

    private List<Integer> awaited(IntPredicate canTestify) {
        return witnesses.keySet().stream()
                .filter(witness -> !answers.containsKey(witness) && canTestify.test(witness))
                .toList();
    }

    /**
     * Whether so many say that they reach nothing, and nobody says otherwise, that it can be believed.
     *
     * @param canTestify whether a witness that has not answered may still do so
     */
    boolean condemns(IntPredicate canTestify, long nowMillis) {
        if (answers.values().stream().anyMatch(reached -> reached != Reached.NOTHING)) {
            return false;
        }
        int said = answers.size();
        int awaited = awaited(canTestify).size();
        boolean waited = nowMillis - startMillis >= Timing.ENOUGH_MILLIS;
        return said > 0 && (awaited == 0 || (waited && said >= Math.min(Timing.TESTIMONIES, said + awaited)));
    }

    boolean over(long nowMillis) {
        return nowMillis - enlistedMillis >= Timing.ROUND_MILLIS;
    }

    List<Testimony> testimonies() {
        List<Testimony> given = new ArrayList<>();
        answers.forEach((witness, reached) -> given.add(new Testimony(witness, reached)));
        return given;
    }
}
