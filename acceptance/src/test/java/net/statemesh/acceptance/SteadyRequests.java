// SPDX-License-Identifier: Apache-2.0
package net.statemesh.acceptance;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** curl after curl, each over a connection of its own, until it is closed; every answer other than 200 is kept. */
final class SteadyRequests implements AutoCloseable {
    private final AtomicBoolean going = new AtomicBoolean(true);
    private final AtomicLong answered = new AtomicLong();
    private final List<String> failures = new CopyOnWriteArrayList<>();

    SteadyRequests(TestZone zone, String url) {
        Thread.ofVirtual().start(() -> {
            while (going.get()) {
                ask(zone, url);
            }
        });
    }

    private void ask(TestZone zone, String url) {
        Shell.Result answer = zone.curl(url, "-o", "/dev/null", "-w", "%{http_code}");
        if (answer.exitCode() == 0 && answer.out().equals("200")) {
            answered.incrementAndGet();
        } else if (going.get()) {
            failures.add(answer.all());
        }
    }

    long answered() {
        return answered.get();
    }

    List<String> failures() {
        return List.copyOf(failures);
    }

    @Override
    public void close() {
        going.set(false);
    }
}
