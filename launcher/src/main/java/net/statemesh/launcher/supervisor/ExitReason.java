// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.supervisor;

/** The end of a process in words. */
final class ExitReason {
    static final String UNKNOWN = "ended; its exit status is not known because an earlier supervisor started it";
    /** The JDK reports the end by signal N as 128 + N, as shells do. */
    private static final int SIGNAL_BASE = 128;

    private ExitReason() {}

    static String of(int exitValue) {
        return exitValue > SIGNAL_BASE
                ? "ended by signal " + signal(exitValue - SIGNAL_BASE)
                : "exit code " + exitValue;
    }

    private static String signal(int number) {
        return switch (number) {
            case 1 -> "SIGHUP";
            case 2 -> "SIGINT";
            case 6 -> "SIGABRT";
            case 7 -> "SIGBUS";
            case 9 -> "SIGKILL (killed, or out of memory)";
            case 11 -> "SIGSEGV";
            case 15 -> "SIGTERM";
            default -> Integer.toString(number);
        };
    }
}
