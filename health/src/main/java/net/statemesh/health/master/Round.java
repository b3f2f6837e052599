// SPDX-License-Identifier: Apache-2.0
package net.statemesh.health.master;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import net.statemesh.health.protocol.Reached;
import net.statemesh.health.protocol.Timing;
import org.jspecify.annotations.Nullable;

/** One question about a suspect, to several witnesses. */
final class Round {
    private final long number;
    private final long startMillis;
    private final List<Integer> witnesses;
    private final @Nullable Reached[] answers;
    private long askAgainMillis;

    Round(long number, List<Integer> witnesses, long nowMillis) {
        this.number = number;
        this.startMillis = nowMillis;
        this.witnesses = witnesses;
        this.answers = new Reached[witnesses.size()];
        this.askAgainMillis = nowMillis;
    }

    long number() {
        return number;
    }

    /** Whether the witness was asked in this round. */
    boolean answered(int witness, Reached reached) {
        int index = witnesses.indexOf(witness);
        if (index < 0) {
            return false;
        }
        answers[index] = reached;
        return true;
    }

    /** Those to ask now: all at first, later those who have not answered. */
    List<Integer> toAsk(long nowMillis) {
        if (nowMillis < askAgainMillis) {
            return List.of();
        }
        askAgainMillis = nowMillis + Timing.ASK_AGAIN_MILLIS;
        List<Integer> silent = new ArrayList<>();
        for (int i = 0; i < answers.length; i++) {
            if (answers[i] == null) {
                silent.add(witnesses.get(i));
            }
        }
        return silent;
    }

    /**
     * Whether so many say that they reach nothing, and nobody says otherwise, that it can be believed.
     *
     * @param canTestify whether a witness that has not answered may still do so
     */
    boolean condemns(IntPredicate canTestify, long nowMillis) {
        int said = 0;
        int awaited = 0;
        for (int i = 0; i < answers.length; i++) {
            if (answers[i] == null) {
                awaited += canTestify.test(witnesses.get(i)) ? 1 : 0;
            } else if (answers[i] == Reached.NOTHING) {
                said++;
            } else {
                return false;
            }
        }
        boolean waited = nowMillis - startMillis >= Timing.ENOUGH_MILLIS;
        return said > 0 && (awaited == 0 || (waited && said >= Math.min(Timing.TESTIMONIES, said + awaited)));
    }

    boolean over(long nowMillis) {
        return nowMillis - startMillis >= Timing.ROUND_MILLIS;
    }

    List<Testimony> testimonies() {
        List<Testimony> given = new ArrayList<>();
        for (int i = 0; i < answers.length; i++) {
            Reached answer = answers[i];
            if (answer != null) {
                given.add(new Testimony(witnesses.get(i), answer));
            }
        }
        return given;
    }
}
