// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.command;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import net.statemesh.api.error.StateMeshException;
import net.statemesh.cli.Session;
import net.statemesh.launcher.LauncherErrors;
import net.statemesh.launcher.component.ComponentNames;
import net.statemesh.launcher.folder.ZoneFolder;
import net.statemesh.launcher.up.LogTail;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code statemesh logs COMPONENT}: the log of one process of the zone. Any other name is an application's. */
@Command(mixinStandardHelpOptions = true)
public final class ComponentLogsCommand implements Callable<Integer> {
    private static final long LOOK_AGAIN_SECONDS = 5;
    private static final int CHUNK_BYTES = 64 << 10;

    private final Session session;

    @Parameters(
            paramLabel = "COMPONENT",
            description = "master, ingress, registry, supervisor, agent-NODE, containerd-NODE")
    private String component = "";

    @Option(
            names = {"-f", "--follow"},
            description = "Go on with what is written from now on.")
    private boolean follow;

    @Option(names = "--tail", paramLabel = "N", description = "Number of lines (default: ${DEFAULT-VALUE}).")
    private int tail = 200;

    public ComponentLogsCommand(Session session) {
        this.session = session;
    }

    /** Whether a word names a process of a zone and not an application. */
    public static boolean isComponent(String word) {
        return List.of(
                                ComponentNames.SUPERVISOR,
                                ComponentNames.MASTER,
                                ComponentNames.REGISTRY,
                                ComponentNames.INGRESS)
                        .contains(word)
                || word.matches("(agent|containerd)-node-\\d+");
    }

    @Override
    public Integer call() throws Exception {
        ZoneFolder folder = ZoneChoice.existing(session);
        Path log = folder.log(component);
        if (!Files.exists(log)) {
            throw new StateMeshException(
                    LauncherErrors.NO_COMPONENT,
                    "there is no log of '" + component + "' in " + folder.logs() + ".",
                    List.of(),
                    List.of("statemesh status", "an application's log: statemesh apps logs " + component));
        }
        long end = Files.size(log);
        LogTail.of(log, tail).forEach(session.console()::result);
        if (follow) {
            session.environment().out().flush();
            follow(folder.logs(), log, end);
        }
        return 0;
    }

    private void follow(Path logs, Path log, long from) throws IOException, InterruptedException {
        long position = from;
        try (WatchService changes = log.getFileSystem().newWatchService()) {
            logs.register(changes, StandardWatchEventKinds.ENTRY_MODIFY);
            while (!Thread.currentThread().isInterrupted()) {
                position = copyFrom(log, position);
                WatchKey key = changes.poll(LOOK_AGAIN_SECONDS, TimeUnit.SECONDS);
                if (key != null) {
                    key.pollEvents();
                    key.reset();
                }
            }
        }
    }

    /** Prints what was written since; a file that became shorter was rotated and starts anew. */
    private long copyFrom(Path log, long position) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            long at = file.length() < position ? 0 : position;
            file.seek(at);
            byte[] chunk = new byte[CHUNK_BYTES];
            for (int read = file.read(chunk); read > 0; read = file.read(chunk)) {
                session.environment().out().print(new String(chunk, 0, read, StandardCharsets.UTF_8));
                at += read;
            }
            session.environment().out().flush();
            return at;
        }
    }
}
