// SPDX-License-Identifier: Apache-2.0
package net.statemesh.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import net.statemesh.lachesis.Accepted;
import net.statemesh.lachesis.Claim;
import net.statemesh.lachesis.Event;
import net.statemesh.lachesis.EventId;
import net.statemesh.lachesis.Lachesis;
import net.statemesh.lachesis.SealingRule;
import net.statemesh.lachesis.Validator;
import net.statemesh.lachesis.Validators;

/**
 * Consensus on one core, warm, every event checked, by processor time of the thread. Creators take turns and build on their own last event
 * and on the last events of others drawn at random, as in the benchmark of the Go reference.
 */
public final class LachesisBenchmark implements Benchmark {
    private static final int[] VALIDATORS = {4, 10, 30, 100, 300};
    private static final int[] PARENTS = {3, 10};
    private static final int EVENTS = 20_000;
    private static final int WARM_UP_PASSES = 10;
    private static final int PASSES = 7;
    private static final int HEAP_READINGS = 3;
    private static final long SEED = 20_260_101;
    private static final double NANOS_PER_SECOND = 1e9;

    /** Events per second of the Go reference on the machine that the targets were set on, by validators and parents. */
    private static final Map<String, Double> GO_REFERENCE = Map.of(
            "10v-10p",
            17_700.0,
            "30v-10p",
            2_900.0,
            "100v-10p",
            680.0,
            "10v-3p",
            21_500.0,
            "30v-3p",
            4_500.0,
            "100v-3p",
            1_600.0);

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

    @Override
    public String name() {
        return "lachesis";
    }

    @Override
    public void run(Figures out) {
        for (int parents : PARENTS) {
            double[] nanosPerEvent = new double[VALIDATORS.length];
            for (int i = 0; i < VALIDATORS.length; i++) {
                nanosPerEvent[i] = measure(VALIDATORS[i], parents, out);
            }
            out.figure("lachesis-process-growth-" + parents + "p", exponent(nanosPerEvent), "exponent");
        }
    }

    private double measure(int count, int parents, Figures out) {
        String shape = count + "v-" + parents + "p";
        Validators validators = validators(count);
        List<Event> dag = dag(validators, parents);
        long[][] nanos = interleaved(() -> process(validators, dag), () -> build(validators, dag));
        double process = median(nanos[0]) / EVENTS;
        double build = median(nanos[1]) / EVENTS - process;
        out.figure("lachesis-process-" + shape, NANOS_PER_SECOND / process, "events/s");
        out.figure("lachesis-build-" + shape, NANOS_PER_SECOND / build, "events/s");
        out.figure("lachesis-memory-" + shape, (double) heldBytes(validators, dag) / EVENTS, "bytes/event");
        Double reference = GO_REFERENCE.get(shape);
        if (reference != null) {
            out.ratio("lachesis-process-" + shape + "-to-go-reference", NANOS_PER_SECOND / process / reference);
        }
        return process;
    }

    private static Validators validators(int count) {
        List<Validator> validators = new ArrayList<>();
        for (long id = 1; id <= count; id++) {
            validators.add(new Validator(id, 1));
        }
        return Validators.of(validators);
    }

    private static List<Event> dag(Validators validators, int parentCount) {
        SplittableRandom random = new SplittableRandom(SEED);
        Lachesis lachesis = Lachesis.genesis(validators, SealingRule.never());
        List<Event> dag = new ArrayList<>(EVENTS);
        Event[] last = new Event[validators.canonical().size()];
        for (int i = 0; i < EVENTS; i++) {
            int creator = i % last.length;
            List<EventId> parents = parents(last, creator, parentCount, random);
            Claim claim =
                    (Claim) lachesis.build(validators.canonical().get(creator).id(), parents);
            long prefix = ((long) claim.epoch() << Integer.SIZE) | claim.lamport();
            Event event = claim.event(new EventId(prefix, random.nextLong(), random.nextLong(), random.nextLong()));
            accept(lachesis, event);
            last[creator] = event;
            dag.add(event);
        }
        return dag;
    }

    private static List<EventId> parents(Event[] last, int creator, int parentCount, SplittableRandom random) {
        List<EventId> parents = new ArrayList<>();
        if (last[creator] != null) {
            parents.add(last[creator].id());
        }
        int[] others = random.ints(0, last.length).distinct().limit(last.length).toArray();
        for (int other : others) {
            if (parents.size() < parentCount && other != creator && last[other] != null) {
                parents.add(last[other].id());
            }
        }
        return parents;
    }

    private static Lachesis process(Validators validators, List<Event> dag) {
        Lachesis lachesis = Lachesis.genesis(validators, SealingRule.never());
        dag.forEach(event -> accept(lachesis, event));
        return lachesis;
    }

    private static Lachesis build(Validators validators, List<Event> dag) {
        Lachesis lachesis = Lachesis.genesis(validators, SealingRule.never());
        for (Event event : dag) {
            if (!(lachesis.build(event.creator(), event.parents()) instanceof Claim claim)
                    || claim.frame() != event.frame()) {
                throw new IllegalStateException("another frame was built for " + event);
            }
            accept(lachesis, event);
        }
        return lachesis;
    }

    private static void accept(Lachesis lachesis, Event event) {
        if (!(lachesis.process(event) instanceof Accepted)) {
            throw new IllegalStateException("not accepted: " + event);
        }
    }

    /** Processor time of the passes of each of two tasks in turn, in nanoseconds. */
    private long[][] interleaved(Runnable first, Runnable second) {
        long[][] nanos = new long[2][PASSES];
        for (int pass = -WARM_UP_PASSES; pass < PASSES; pass++) {
            long start = threads.getCurrentThreadCpuTime();
            first.run();
            long between = threads.getCurrentThreadCpuTime();
            second.run();
            long end = threads.getCurrentThreadCpuTime();
            if (pass >= 0) {
                nanos[0][pass] = between - start;
                nanos[1][pass] = end - between;
            }
        }
        return nanos;
    }

    private static double median(long[] values) {
        return Arrays.stream(values)
                .sorted()
                .skip(values.length / 2)
                .findFirst()
                .orElseThrow();
    }

    /** Heap that goes away with the consensus state; the events themselves stay. */
    private static long heldBytes(Validators validators, List<Event> dag) {
        Lachesis lachesis = process(validators, dag);
        long with = usedHeapBytes();
        if (lachesis.eventCount() != dag.size()) {
            throw new IllegalStateException("the state was collected too early");
        }
        lachesis = Lachesis.genesis(validators, SealingRule.never());
        long without = usedHeapBytes();
        return lachesis.eventCount() == 0 ? with - without : 0;
    }

    private static long usedHeapBytes() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < HEAP_READINGS; i++) {
            System.gc();
            Runtime runtime = Runtime.getRuntime();
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }

    /** Slope of the time per event over the number of validators, both logarithmic, by least squares. */
    private static double exponent(double[] nanosPerEvent) {
        double meanX =
                Arrays.stream(VALIDATORS).mapToDouble(Math::log).average().orElseThrow();
        double meanY = Arrays.stream(nanosPerEvent).map(Math::log).average().orElseThrow();
        double covariance = 0;
        double variance = 0;
        for (int i = 0; i < VALIDATORS.length; i++) {
            double x = Math.log(VALIDATORS[i]) - meanX;
            covariance += x * (Math.log(nanosPerEvent[i]) - meanY);
            variance += x * x;
        }
        return covariance / variance;
    }
}
