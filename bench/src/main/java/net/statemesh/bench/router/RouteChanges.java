// SPDX-License-Identifier: Apache-2.0
package net.statemesh.bench.router;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;
import net.statemesh.bench.Figures;
import net.statemesh.bench.apiserver.Writers;

/**
 * How long from the moment an application's change is sent to the API server until a request is routed by it, and what a change
 * costs the router: through API server, watch, route table and a request over a kept connection.
 */
final class RouteChanges {
    private static final int WARM_UP_CHANGES = 300;
    private static final int CHANGES = 1000;
    private static final int CHANGES_IN_A_ROW = 2000;
    private static final int WRITERS = 4;
    private static final long SEED = 20_260_101;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double NANOS_PER_MICRO = 1e3;
    private static final double BYTES_PER_MEBIBYTE = 1 << 20;

    private final ZoneApi zone;
    private final RouterProcess router;
    private final Site site;
    private final SplittableRandom random = new SplittableRandom(SEED);
    private int changes;

    RouteChanges(ZoneApi zone, RouterProcess router, Site site) {
        this.zone = zone;
        this.router = router;
        this.site = site;
    }

    /** The router has taken over all routes before. */
    void measure(Figures out) throws IOException {
        String name = "router-route-change-" + site.applications() * Site.PATHS;
        zone.reconnectIfClosed();
        try (Probe probe = new Probe(router.proxy().plainPort())) {
            live(probe, WARM_UP_CHANGES);
            inARow(probe, CHANGES_IN_A_ROW);
            long[] nanos = live(probe, CHANGES);
            out.figure(name + "-p50", nanos[CHANGES / 2] / NANOS_PER_MILLI, "ms");
            out.figure(name + "-p99", nanos[CHANGES * 99 / 100] / NANOS_PER_MILLI, "ms");
            out.figure(name + "-max", nanos[CHANGES - 1] / NANOS_PER_MILLI, "ms");
            out.figure(name + "-router-cpu", inARow(probe, CHANGES_IN_A_ROW) / NANOS_PER_MICRO, "us");
            out.figure(name + "-router-resident", router.proxy().residentBytes() / BYTES_PER_MEBIBYTE, "MiB");
        }
    }

    /** Changes one after another; sorted times until each was live. */
    private long[] live(Probe probe, int count) throws IOException {
        long[] nanos = new long[count];
        for (int i = 0; i < count; i++) {
            int application = random.nextInt(site.applications());
            String path = nextPath();
            long start = System.nanoTime();
            var written = zone.moveOtherPath(site, application, path);
            nanos[i] = probe.awaitRouted(site.host(application), path) - start;
            ZoneApi.require(written);
        }
        Arrays.sort(nanos);
        return nanos;
    }

    /** Changes as fast as the API server takes them; the router's processor time for each, in nanoseconds. */
    private double inARow(Probe probe, int count) throws IOException {
        Duration before = router.proxy().cpu();
        new Writers(WRITERS).run(count, i -> zone.moveOtherPath(site, i % site.applications(), nextPath()));
        String last = nextPath();
        ZoneApi.require(zone.moveOtherPath(site, 0, last));
        probe.awaitRouted(site.host(0), last);
        return (double) router.proxy().cpu().minus(before).toNanos() / count;
    }

    private synchronized String nextPath() {
        changes++;
        return "/change-" + changes;
    }
}
