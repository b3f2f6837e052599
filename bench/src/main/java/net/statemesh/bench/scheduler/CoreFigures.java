// SPDX-License-Identifier: Apache-2.0
package net.statemesh.bench.scheduler;

import io.fabric8.kubernetes.api.model.Pod;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.statemesh.bench.Figures;
import net.statemesh.bench.ThreadCost;
import net.statemesh.zone.scheduler.PodRequest;
import net.statemesh.zone.scheduler.SchedulingCore;
import net.statemesh.zone.scheduler.Step;

/**
 * The core alone: a full zone in which a pod goes for each one that comes. Counted is everything that one pod costs the scheduler, from
 * the pod as the API server shows it to the explained decision, its confirmation, and the end of another pod; by CPU time of the one
 * thread.
 */
final class CoreFigures {
    private static final long SEED = 1;
    private static final int WARM_UP = 20_000;
    private static final int MEASURED = 30_000;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double NANOS_PER_MILLI = 1e6;

    private final Zone zone = new Zone(SEED);
    private final Random random = new Random(SEED);
    private final SchedulingCore core = new SchedulingCore();
    private final List<Pod> placed = new ArrayList<>();
    private long explained;
    private int unplaced;

    void run(Figures out) {
        for (int i = 0; i < Zone.NODES; i++) {
            core.putNode(zone.node(i), 0);
        }
        while (placed.size() < Zone.PODS) {
            var _ = come();
        }
        for (int i = 0; i < WARM_UP; i++) {
            turn();
        }
        unplaced = 0;
        long[] nanos = new long[MEASURED];
        long start = ThreadCost.cpuNanos();
        long allocated = ThreadCost.allocatedBytes();
        for (int i = 0; i < MEASURED; i++) {
            nanos[i] = turn();
        }
        double seconds = (ThreadCost.cpuNanos() - start) / NANOS_PER_SECOND;
        allocated = ThreadCost.allocatedBytes() - allocated;
        Arrays.sort(nanos);
        out.figure("scheduler-core-decisions", MEASURED / seconds, "decisions/s");
        out.figure("scheduler-core-decision-p50", nanos[MEASURED / 2] / NANOS_PER_MILLI, "ms");
        out.figure("scheduler-core-decision-p99", nanos[MEASURED / 100 * 99] / NANOS_PER_MILLI, "ms");
        out.figure("scheduler-core-decision-max", nanos[MEASURED - 1] / NANOS_PER_MILLI, "ms");
        out.figure("scheduler-core-decision-allocated", (double) allocated / MEASURED, "bytes");
        out.figure("scheduler-core-unplaced", unplaced, "decisions");
        if (explained == 0) {
            throw new IllegalStateException("no decision was explained");
        }
    }

    private long turn() {
        int index = random.nextInt(placed.size());
        Pod gone = placed.get(index);
        placed.set(index, placed.getLast());
        placed.removeLast();
        core.removePod(
                gone.getMetadata().getUid(),
                gone.getMetadata().getNamespace() + "/" + gone.getMetadata().getName(),
                0);
        return come();
    }

    /** Gives the CPU time of the decision itself. */
    private long come() {
        Pod pod = zone.pod();
        PodRequest request = PodRequest.of(pod, Zone.profile(pod));
        long start = ThreadCost.cpuNanos();
        core.want(request, null, 0);
        Optional<Step> step = core.next(0);
        long nanos;
        switch (step.orElseThrow()) {
            case Step.Bind bind -> {
                explained += bind.choices().getFirst().decision().summary().length();
                nanos = ThreadCost.cpuNanos() - start;
                pod.getSpec()
                        .setNodeName(bind.choices().getFirst().decision().node().orElseThrow());
                core.putPod(pod, 0);
                placed.add(pod);
            }
            case Step.Wait wait -> {
                explained += wait.message().length();
                nanos = ThreadCost.cpuNanos() - start;
                wait.decision()
                        .preemption()
                        .ifPresent(plan -> plan.victims().forEach(victim -> core.evictionFailed(victim.uid())));
                core.removePod(request.uid(), request.key(), 0);
                unplaced++;
            }
        }
        return nanos;
    }
}
