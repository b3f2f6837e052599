// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.housekeeping;

import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.statemesh.api.error.StateMeshException;
import net.statemesh.daemon.Daemon;
import net.statemesh.node.cri.ContainerRuntime;
import net.statemesh.node.cri.ContainerView;
import net.statemesh.node.image.ImageCollector;
import net.statemesh.node.logs.LogRotation;
import net.statemesh.node.pod.PodWorkers;
import net.statemesh.node.state.PodPaths;
import net.statemesh.node.state.PrivateFiles;
import net.statemesh.node.volume.Volumes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tidies up now and then: rotates logs often, looks for unused images and folders of pods that are gone seldom. */
public final class Housekeeping implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
    private static final Duration ROUND = Duration.ofSeconds(10);
    private static final int SELDOM = 30;

    private final PodWorkers pods;
    private final PodPaths paths;
    private final Volumes volumes;
    private final ContainerRuntime runtime;
    private final ImageCollector images;
    private final Clock clock;
    private final Daemon rounds;
    private long round;

    public Housekeeping(PodWorkers pods, PodPaths paths, Volumes volumes, ContainerRuntime runtime, Clock clock) {
        this.pods = pods;
        this.volumes = volumes;
        this.paths = paths;
        this.runtime = runtime;
        this.images = new ImageCollector(runtime, clock);
        this.clock = clock;
        this.rounds = Daemon.start("housekeeping", Set.of(), this::tidyUp);
    }

    private Duration tidyUp() {
        attempt("log rotation", this::rotateLogs);
        if (++round % SELDOM == 0) {
            attempt("image collection", images::collect);
            attempt("folder collection", this::removeForgotten);
        }
        return ROUND;
    }

    /** What fails keeps nothing else from being tidied up. */
    private static void attempt(String what, Runnable work) {
        try {
            work.run();
        } catch (StateMeshException | UncheckedIOException e) {
            LOG.warn("{} failed: {}", what, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            LOG.error("{} failed", what, e);
        }
    }

    private void rotateLogs() {
        for (Pod pod : pods.all()) {
            for (ContainerView container : pods.view(pod.getMetadata().getUid()).containers()) {
                if (container.running()) {
                    Path log = paths.logs(pod).resolve(PodPaths.log(container.name(), container.attempt()));
                    LogRotation.rotate(log, clock.instant(), () -> runtime.reopenLog(container.id()));
                }
            }
        }
    }

    /** Folders of pods that nobody knows any more, left by a crash between two steps of a removal. */
    private void removeForgotten() {
        if (!pods.isListed()) {
            return;
        }
        // folders first: a pod gets its worker before its folders
        List<Path> podFolders = folders(paths.pods());
        List<Path> logFolders = folders(paths.logs());
        Set<String> known =
                pods.all().stream().map(p -> p.getMetadata().getUid()).collect(Collectors.toSet());
        known.addAll(runtime.list().keySet());
        podFolders.stream().filter(f -> !known.contains(name(f))).forEach(f -> volumes.remove(name(f)));
        logFolders.stream()
                .filter(f -> !known.contains(name(f).substring(name(f).lastIndexOf('_') + 1)))
                .forEach(PrivateFiles::removeTree);
    }

    private static List<Path> folders(Path parent) {
        if (!Files.isDirectory(parent)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(parent)) {
            return entries.filter(Files::isDirectory).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String name(Path folder) {
        return String.valueOf(folder.getFileName());
    }

    @Override
    public void close() {
        rounds.close();
    }
}
