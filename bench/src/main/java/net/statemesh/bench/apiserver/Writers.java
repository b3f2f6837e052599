// SPDX-License-Identifier: Apache-2.0
package net.statemesh.bench.apiserver;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/** Clients that each write as soon as their last write was acknowledged. */
public final class Writers {
    private static final int HIGHEST_SUCCESS = 299;

    private final int clients;

    public Writers(int clients) {
        this.clients = clients;
    }

    /** Nanoseconds until {@code count} writes were acknowledged. */
    public long run(int count, IntFunction<CompletableFuture<Answer>> write) {
        AtomicInteger next = new AtomicInteger();
        CompletableFuture<?>[] all = new CompletableFuture<?>[clients];
        long start = System.nanoTime();
        for (int i = 0; i < clients; i++) {
            CompletableFuture<Void> done = new CompletableFuture<>();
            all[i] = done;
            step(next, count, write, done);
        }
        CompletableFuture.allOf(all).join();
        return System.nanoTime() - start;
    }

    private static void step(
            AtomicInteger next, int count, IntFunction<CompletableFuture<Answer>> write, CompletableFuture<Void> done) {
        int number = next.getAndIncrement();
        if (number >= count) {
            done.complete(null);
            return;
        }
        var _ = write.apply(number).whenComplete((answer, failure) -> {
            if (failure != null || answer.status() > HIGHEST_SUCCESS) {
                done.completeExceptionally(new IllegalStateException(
                        "write " + number + " was answered with " + (failure == null ? answer : failure)));
            } else {
                step(next, count, write, done);
            }
        });
    }
}
