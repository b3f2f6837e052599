// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Reads /proc (proc(5)). A process may end at any moment, so every answer may be empty. */
public final class ProcessTable {
    private static final Path PROC = Path.of("/proc");
    private static final int STATE_FIELD = 3;
    private static final int USER_TICKS_FIELD = 14;
    private static final int SYSTEM_TICKS_FIELD = 15;
    private static final int START_FIELD = 22;

    private ProcessTable() {}

    public static Optional<ProcessIdentity> identify(long pid) {
        return statField(pid, START_FIELD).map(ticks -> new ProcessIdentity(pid, Long.parseLong(ticks)));
    }

    /** Whether exactly this process still runs; a zombie does not. */
    public static boolean isAlive(ProcessIdentity process) {
        return identify(process.pid()).filter(process::equals).isPresent()
                && statField(process.pid(), STATE_FIELD)
                        .filter(state -> !state.equals("Z") && !state.equals("X"))
                        .isPresent();
    }

    /** Processor time used since its start, in clock ticks (100 a second). */
    public static OptionalLong cpuTicks(long pid) {
        Optional<String> user = statField(pid, USER_TICKS_FIELD);
        Optional<String> system = statField(pid, SYSTEM_TICKS_FIELD);
        return user.isPresent() && system.isPresent()
                ? OptionalLong.of(Long.parseLong(user.get()) + Long.parseLong(system.get()))
                : OptionalLong.empty();
    }

    /** Resident memory with shared pages counted in proportion (PSS), in bytes. */
    public static OptionalLong proportionalMemoryBytes(long pid) {
        return read(pid, "smaps_rollup").stream()
                .flatMap(String::lines)
                .filter(line -> line.startsWith("Pss:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                .findFirst();
    }

    public static List<String> commandLine(long pid) {
        return read(pid, "cmdline").map(text -> List.of(text.split("\0"))).orElse(List.of());
    }

    /** Whether the process was started with this {@code NAME=value} in its environment. */
    public static boolean hasEnvironment(long pid, String assignment) {
        return read(pid, "environ")
                .map(text -> Arrays.asList(text.split("\0")).contains(assignment))
                .orElse(false);
    }

    /** Lines of /proc/PID/cgroup. */
    public static List<String> controlGroups(long pid) {
        return read(pid, "cgroup").map(text -> text.lines().toList()).orElse(List.of());
    }

    public static List<Long> pids() throws IOException {
        try (Stream<Path> entries = Files.list(PROC)) {
            return entries.map(entry -> entry.getFileName().toString())
                    .filter(name -> Character.isDigit(name.charAt(0)))
                    .map(Long::valueOf)
                    .toList();
        }
    }

    private static Optional<String> statField(long pid, int number) {
        // the second field is the name in parentheses and may itself hold spaces and parentheses
        return read(pid, "stat")
                .map(text -> text.substring(text.lastIndexOf(')') + 2).split(" ", -1)[number - STATE_FIELD]);
    }

    private static Optional<String> read(long pid, String file) {
        try {
            String text = Files.readString(PROC.resolve(Long.toString(pid)).resolve(file), StandardCharsets.ISO_8859_1);
            return text.isEmpty() ? Optional.empty() : Optional.of(text);
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
