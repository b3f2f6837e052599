// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.plan.leader;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import net.statemesh.zone.plan.leader.Election.Step;

/**
 * Candidates over one Lease in virtual time, all from one seed: requests and answers are late or lost, clocks start anywhere and
 * drift, wall clocks are wrong, processes stand still and go on, die and are replaced. After every event it is checked that one candidate
 * at most may act.
 */
final class ElectionSimulation {
    static final long MILLI = 1_000_000;
    static final long SECOND = 1000 * MILLI;
    private static final long CLIENT_TIMEOUT = LeaseTimes.DEFAULT.actFor().toNanos();

    /** A way to break the rules that the checker must see. */
    enum Rule {
        KEPT,
        /** The API server writes whatever the version is. */
        NO_PRECONDITION,
        /** A follower takes the writer's wall clock for its own. */
        TRUSTS_WALL_CLOCK,
        /** A leader counts from the answer and not from the request. */
        COUNTS_FROM_ANSWER
    }

    /** How bad the network and the machines are. */
    record Weather(long longestDelayNanos, double loss, double pause, long longestPauseNanos, double drift) {
        static final Weather FINE = new Weather(50 * MILLI, 0, 0, 1, 0.001);
        static final Weather STORM = new Weather(1500 * MILLI, 0.1, 0.05, 8 * SECOND, 0.05);
    }

    private record Due(long nanos, long order, Runnable what) {}

    private final Random random;
    private final Weather weather;
    private final Rule rule;
    private final PriorityQueue<Due> agenda =
            new PriorityQueue<>(Comparator.comparingLong(Due::nanos).thenComparingLong(Due::order));
    private final List<Candidate> candidates = new ArrayList<>();
    private LeaseRecord stored = new LeaseRecord("", LeaseTimes.DEFAULT.lease(), 0, "1");
    private long storedWallNanos;
    private long version = 1;
    private long order;
    private long nowNanos;
    private int names;
    private int terms;
    private String lastActor = "";

    ElectionSimulation(long seed, int count, Weather weather, Rule rule) {
        this.random = new Random(seed);
        this.weather = weather;
        this.rule = rule;
        for (int i = 0; i < count; i++) {
            candidates.add(new Candidate());
        }
    }

    /** Runs for so long; a message says which rule was broken and when, an empty one that none was. */
    String run(long nanos) {
        long end = nowNanos + nanos;
        while (!agenda.isEmpty() && agenda.peek().nanos() <= end) {
            Due due = agenda.remove();
            nowNanos = due.nanos();
            due.what().run();
            String broken = check();
            if (!broken.isEmpty()) {
                return broken;
            }
        }
        nowNanos = end;
        return "";
    }

    /** Kills whoever acts, for good; gives whether there was somebody. */
    boolean killLeader() {
        for (Candidate candidate : candidates) {
            if (candidate.mayAct()) {
                candidate.dead = true;
                return true;
            }
        }
        return false;
    }

    /** Somebody new stands for each who died. */
    void replaceDead() {
        for (int i = 0; i < candidates.size(); i++) {
            if (candidates.get(i).dead) {
                candidates.set(i, new Candidate());
            }
        }
    }

    boolean somebodyActs() {
        return candidates.stream().anyMatch(Candidate::mayAct);
    }

    /** How often another candidate than before acted. */
    int terms() {
        return terms;
    }

    private String check() {
        List<Candidate> acting = candidates.stream().filter(Candidate::mayAct).toList();
        if (acting.size() == 1 && !acting.getFirst().name.equals(lastActor)) {
            lastActor = acting.getFirst().name;
            terms++;
        }
        return acting.size() <= 1
                ? ""
                : "two leaders at " + nowNanos / MILLI + " ms: "
                        + acting.stream().map(candidate -> candidate.name).toList();
    }

    private void at(long nanos, Runnable what) {
        agenda.add(new Due(nanos, order++, what));
    }

    private long delay() {
        return (long) (random.nextDouble() * random.nextDouble() * weather.longestDelayNanos());
    }

    private boolean lost() {
        return random.nextDouble() < weather.loss();
    }

    private boolean accept(LeaseRecord wanted, long wallNanos) {
        if (rule != Rule.NO_PRECONDITION && !wanted.version().equals(stored.version())) {
            return false;
        }
        stored = new LeaseRecord(wanted.holder(), wanted.duration(), wanted.transitions(), Long.toString(++version));
        storedWallNanos = wallNanos;
        return true;
    }

    private final class Candidate {
        private final String name = "c" + names++;
        private final long offsetNanos = random.nextLong();
        private final double rate = 1 + (random.nextDouble() * 2 - 1) * weather.drift();
        private final long wallErrorNanos = (long) (random.nextGaussian() * 5 * SECOND);
        private final Election election = new Election(name, LeaseTimes.DEFAULT, local());
        private long standsStillUntil;
        private long request;
        private boolean dead;

        Candidate() {
            at(nowNanos, this::turn);
        }

        long local() {
            return offsetNanos + (long) (nowNanos * rate);
        }

        boolean mayAct() {
            return !dead && election.term() != 0 && local() - election.actUntilNanos() < 0;
        }

        /** Nothing happens inside a process that stands still, and everything that waited happens after. */
        private void inside(Runnable what) {
            if (dead) {
                return;
            }
            if (nowNanos < standsStillUntil) {
                at(standsStillUntil, () -> inside(what));
                return;
            }
            if (random.nextDouble() < weather.pause()) {
                standsStillUntil = nowNanos + (long) (random.nextDouble() * weather.longestPauseNanos());
                at(standsStillUntil, () -> inside(what));
                return;
            }
            what.run();
        }

        private void turn() {
            inside(() -> {
                switch (election.next(local())) {
                    case Step.Rest(long nanos) -> at(nowNanos + (long) (nanos / rate) + 1, this::turn);
                    case Step.Read() -> read();
                    case Step.Write(LeaseRecord wanted) -> write(wanted);
                }
            });
        }

        private void read() {
            long mine = ++request;
            send(mine, () -> {
                LeaseRecord answer = stored;
                long renewedWall = storedWallNanos;
                return () -> election.saw(answer, local() - distrusted(renewedWall));
            });
        }

        /** How old a renewal is by the two wall clocks. */
        private long distrusted(long renewedWall) {
            return rule == Rule.TRUSTS_WALL_CLOCK ? Math.max(0, nowNanos + wallErrorNanos - renewedWall) : 0;
        }

        private void write(LeaseRecord wanted) {
            long mine = ++request;
            long sent = local();
            long wall = nowNanos + wallErrorNanos;
            // the process may stand still between its decision and the sending
            inside(() -> send(mine, () -> {
                if (!accept(wanted, wall)) {
                    return () -> election.refused(local());
                }
                LeaseRecord written = stored;
                return () -> election.wrote(written, rule == Rule.COUNTS_FROM_ANSWER ? local() : sent, local());
            }));
        }

        /** The server's part happens though the client has given up or died; only the first outcome counts for the client. */
        private void send(long mine, java.util.function.Supplier<Runnable> server) {
            at(nowNanos + CLIENT_TIMEOUT, () -> answered(mine, () -> election.failed(local())));
            if (lost()) {
                return;
            }
            at(nowNanos + delay(), () -> {
                Runnable answer = server.get();
                if (!lost()) {
                    at(nowNanos + delay(), () -> answered(mine, answer));
                }
            });
        }

        private void answered(long mine, Runnable outcome) {
            inside(() -> {
                if (request == mine) {
                    request++;
                    outcome.run();
                    turn();
                }
            });
        }
    }
}
