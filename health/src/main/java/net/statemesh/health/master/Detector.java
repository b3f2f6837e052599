// SPDX-License-Identifier: Apache-2.0
package net.statemesh.health.master;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import net.statemesh.health.protocol.Message;
import net.statemesh.health.protocol.Sighting;

/**
 * Decides who is dead. A node whose heartbeats stay out is suspected; then others are asked, and only if none of them reaches it either,
 * and the master still has fresh evidence of at least half of the zone, it is called dead.
 */
final class Detector {
    /** Suspects beyond these wait. */
    private static final int MAX_ROUNDS = 1_024;

    private final Map<Integer, Subject> subjects = new LinkedHashMap<>();
    private final IntFunction<List<Integer>> neighbours;
    private final Outbox outbox;
    private final Consumer<Verdict> verdicts;
    private long lastRound;
    private boolean withheld;

    /**
     * @param firstRound rounds are counted from here; above all of earlier masters
     * @param neighbours those who know a node and can be asked about it
     */
    Detector(long firstRound, IntFunction<List<Integer>> neighbours, Outbox outbox, Consumer<Verdict> verdicts) {
        this.lastRound = firstRound;
        this.neighbours = neighbours;
        this.outbox = outbox;
        this.verdicts = verdicts;
    }

    void track(int node, Standing known, long nowMillis) {
        subjects.putIfAbsent(node, new Subject(node, known, nowMillis));
    }

    void forget(int node) {
        subjects.remove(node);
    }

    Standing standing(int node) {
        Subject subject = subjects.get(node);
        return subject == null ? Standing.NEW : subject.standing;
    }

    void restarted(int node, long nowMillis) {
        Subject subject = subjects.get(node);
        if (subject != null) {
            subject.restarted(nowMillis);
        }
    }

    void heartbeat(int node, Message.Heartbeat heartbeat, long nowMillis) {
        Subject subject = subjects.get(node);
        if (subject == null) {
            return;
        }
        if (subject.heartbeat(heartbeat.number(), nowMillis) && subject.standing != Standing.ALIVE) {
            judge(subject, Standing.ALIVE, List.of(), nowMillis);
        }
        for (Sighting sighting : heartbeat.sightings()) {
            Subject seen = subjects.get(sighting.node());
            if (seen != null && seen.counts()) {
                seen.agentReached(nowMillis - sighting.ageMillis());
            }
        }
    }

    void report(int witness, Message.ProbeReport report, long nowMillis) {
        Subject subject = subjects.get(report.target());
        Round round = subject == null ? null : subject.round;
        if (subject == null
                || round == null
                || round.number() != report.round()
                || !round.answered(witness, report.reached())) {
            return;
        }
        switch (report.reached()) {
            case AGENT -> subject.agentReached(nowMillis);
            case MACHINE -> subject.machineReached(nowMillis);
            case NOTHING -> {}
        }
    }

    /** The master was not there to hear for so long. */
    void excuse(long millis, long nowMillis) {
        subjects.values().forEach(subject -> subject.excuse(millis, nowMillis));
    }

    void tick(long nowMillis) {
        List<Subject> suspects = new ArrayList<>();
        int rounds = 0;
        for (Subject subject : subjects.values()) {
            if (!subject.counts()) {
                continue;
            }
            settle(subject, nowMillis);
            if (!subject.questionable(nowMillis)) {
                subject.round = null;
            } else if (subject.round != null || rounds < MAX_ROUNDS) {
                rounds++;
                suspects.add(subject);
            }
        }
        if (suspects.isEmpty()) {
            withhold(false, 0, 0);
            return;
        }
        consider(suspects, nowMillis);
    }

    private void settle(Subject subject, long nowMillis) {
        Standing evident = subject.evident(nowMillis);
        if (evident != subject.standing) {
            judge(subject, evident, List.of(), nowMillis);
        }
    }

    private void consider(List<Subject> suspects, long nowMillis) {
        int members = 0;
        int heard = 0;
        for (Subject subject : subjects.values()) {
            members += subject.counts() ? 1 : 0;
            heard += subject.counts() && subject.fresh(nowMillis) ? 1 : 0;
        }
        withhold(2 * heard < members, heard, members);
        IntPredicate canTestify = node -> canTestify(node, nowMillis);
        for (Subject suspect : suspects) {
            Round round = suspect.round;
            if (round != null && round.condemns(canTestify, nowMillis)) {
                condemn(suspect, round, nowMillis);
            } else if (round == null || round.over(nowMillis)) {
                begin(suspect, nowMillis);
            } else {
                ask(suspect, round, nowMillis);
            }
        }
    }

    private void condemn(Subject suspect, Round round, long nowMillis) {
        if (withheld) {
            if (round.over(nowMillis)) {
                begin(suspect, nowMillis);
            }
            return;
        }
        judge(suspect, Standing.DEAD, round.testimonies(), nowMillis);
        suspect.died();
    }

    private void begin(Subject suspect, long nowMillis) {
        Round round = new Round(++lastRound, nowMillis);
        suspect.round = round;
        ask(suspect, round, nowMillis);
    }

    private boolean canTestify(int node, long nowMillis) {
        Subject witness = subjects.get(node);
        return witness != null && witness.canTestify(nowMillis);
    }

    private void ask(Subject suspect, Round round, long nowMillis) {
        IntPredicate canTestify = node -> canTestify(node, nowMillis);
        if (!round.asks(canTestify, nowMillis)) {
            return;
        }
        for (int witness : round.toAsk(neighbours.apply(suspect.node), canTestify, nowMillis)) {
            outbox.send(new Message.ProbeRequest(round.number(), suspect.node), witness);
        }
    }

    private void judge(Subject subject, Standing standing, List<Testimony> testimonies, long nowMillis) {
        Verdict verdict = new Verdict(
                subject.node,
                subject.standing,
                standing,
                nowMillis,
                subject.silentMillis(nowMillis),
                subject.phi(nowMillis),
                testimonies);
        subject.standing = standing;
        verdicts.accept(verdict);
    }

    private void withhold(boolean now, int heard, int members) {
        if (now != withheld) {
            withheld = now;
            outbox.add(new HealthOutput.Withheld(now, heard, members));
        }
    }
}
