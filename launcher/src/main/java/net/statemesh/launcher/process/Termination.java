// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.process;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Ends exactly one process, never one that got its pid later. */
public final class Termination {
    private static final long KILL_WAIT_MILLIS = 5_000;
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private Termination() {}

    /** SIGTERM, then SIGKILL when it has not ended after {@code graceMillis}; whether it is gone. */
    public static boolean end(ProcessIdentity process, long graceMillis) {
        signal(process, false);
        return endsWithin(process, graceMillis) || kill(process);
    }

    /** SIGKILL; whether it is gone. */
    public static boolean kill(ProcessIdentity process) {
        signal(process, true);
        return endsWithin(process, KILL_WAIT_MILLIS);
    }

    private static void signal(ProcessIdentity process, boolean forcibly) {
        ProcessHandle.of(process.pid())
                .filter(handle -> ProcessTable.isAlive(process))
                .ifPresent(handle -> {
                    boolean ignored = forcibly ? handle.destroyForcibly() : handle.destroy();
                });
    }

    private static boolean endsWithin(ProcessIdentity process, long millis) {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (ProcessTable.isAlive(process)) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        return true;
    }
}
