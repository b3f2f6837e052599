// SPDX-License-Identifier: Apache-2.0
package net.statemesh.bench.scheduler;

import java.lang.management.ManagementFactory;
import net.statemesh.bench.Benchmark;
import net.statemesh.bench.Figures;

/** What a decision costs, how many are durable in a second, and how that compares with kube-scheduler. */
public final class SchedulerBenchmark implements Benchmark {
    @Override
    public String name() {
        return "scheduler";
    }

    @Override
    public void run(Figures out) throws Exception {
        out.figure(
                "scheduler-machine-load",
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                "tasks");
        new CoreFigures().run(out);
        new BindFigures().run(out);
        new BesideKubeScheduler().run(out);
    }
}
