// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.preflight;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import net.statemesh.api.error.StateMeshException;
import net.statemesh.launcher.LauncherErrors;
import net.statemesh.launcher.process.ProcessTable;

/** TCP ports of this machine's root namespace. */
public final class Ports {
    private static final String LISTENING = "0A";
    private static final int LAST_PORT = 65_535;

    private Ports() {}

    public static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** First free port from {@code first} on, among the next hundred. */
    public static OptionalInt firstFree(int first) {
        return IntStream.range(first, Math.min(first + 100, LAST_PORT))
                .filter(Ports::isFree)
                .findFirst();
    }

    /**
     * {@link LauncherErrors#PORT_TAKEN} that names who listens there, unless that is one of {@code own}.
     *
     * @param own pids of the zone that is being started: it may hold its ports still
     */
    public static void require(String option, int port, List<Long> own) throws IOException {
        if (!isFreeFor(port, own)) {
            throw taken(option, port, listener(port));
        }
    }

    /** Whether a port is free, or held by one of {@code own}. */
    public static boolean isFreeFor(int port, List<Long> own) throws IOException {
        return isFree(port) || listener(port).filter(own::contains).isPresent();
    }

    private static StateMeshException taken(String option, int port, Optional<Long> holder) {
        String alternative = firstFree(port + 1).stream()
                .mapToObj(free -> option + " " + free)
                .findFirst()
                .orElse(option + " PORT");
        return new StateMeshException(
                LauncherErrors.PORT_TAKEN,
                "port " + port + " (" + option + ") is taken.",
                List.of(holder.map(pid -> "held by pid " + pid + ": " + String.join(" ", ProcessTable.commandLine(pid)))
                        .orElse("its holder is not visible")),
                List.of("end that process, or choose another port: statemesh up " + alternative));
    }

    /** Pid of the process that listens on a port. */
    static Optional<Long> listener(int port) throws IOException {
        for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
            Path file = Path.of(table);
            if (!Files.isReadable(file)) {
                continue;
            }
            for (String line : Files.readAllLines(file)) {
                String[] fields = line.strip().split("\\s+", -1);
                if (fields.length > 9 && fields[3].equals(LISTENING) && fields[1].endsWith(":%04X".formatted(port))) {
                    return holder("socket:[" + fields[9] + "]");
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<Long> holder(String socket) throws IOException {
        for (long pid : ProcessTable.pids()) {
            try (DirectoryStream<Path> descriptors =
                    Files.newDirectoryStream(Path.of("/proc", Long.toString(pid), "fd"))) {
                for (Path descriptor : descriptors) {
                    if (Files.isSymbolicLink(descriptor)
                            && Files.readSymbolicLink(descriptor).toString().equals(socket)) {
                        return Optional.of(pid);
                    }
                }
            } catch (IOException e) {
                // it ended, or is somebody else's
            }
        }
        return Optional.empty();
    }
}
