// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.server;

import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import net.statemesh.node.cri.ContainerView;
import net.statemesh.node.logs.LogFiles;
import net.statemesh.node.logs.LogOptions;
import net.statemesh.node.logs.LogReader;
import net.statemesh.node.pod.PodWorkers;
import net.statemesh.node.server.KubeletEndpoints.BadRequest;
import net.statemesh.node.server.KubeletEndpoints.NotFound;
import net.statemesh.node.state.PodPaths;
import org.jspecify.annotations.Nullable;

/** {@code /containerLogs/NAMESPACE/POD/CONTAINER}. */
final class LogEndpoint {
    private static final int MAX_READERS = 128;

    private final PodWorkers pods;
    private final PodPaths paths;
    private final Semaphore readers = new Semaphore(MAX_READERS);

    LogEndpoint(PodWorkers pods, PodPaths paths) {
        this.pods = pods;
        this.paths = paths;
    }

    void serve(RequestHead head, Answer answer) throws IOException, InterruptedException {
        if (head.parts().size() != 4) {
            throw new NotFound("expected /containerLogs/NAMESPACE/POD/CONTAINER");
        }
        Pod pod = KubeletEndpoints.pod(pods, head)
                .orElseThrow(() -> new NotFound(
                        "no pod " + head.parts().get(1) + "/" + head.parts().get(2) + " on this node"));
        String container = head.parts().get(3);
        LogOptions options = options(head);
        int attempt = attempt(pod, container, head.flag("previous"));
        Path log = paths.logs(pod).resolve(PodPaths.log(container, attempt));
        if (!readers.tryAcquire()) {
            answer.send(429, "text/plain", MAX_READERS + " logs are being read already; try again later\n");
            return;
        }
        try {
            answer.begin("text/plain; charset=utf-8");
            new LogReader(options, bytes -> {
                        try {
                            answer.piece(bytes);
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                            throw new IOException(e);
                        }
                    })
                    .read(log, () -> answer.channel().isActive() && mayWrite(pod, container, attempt));
            answer.end();
        } finally {
            readers.release();
        }
    }

    private boolean mayWrite(Pod pod, String container, int attempt) {
        return pods.view(pod.getMetadata().getUid()).named(container).stream()
                .anyMatch(c -> c.attempt() == attempt && !c.exited());
    }

    /** Attempt whose log is meant: the newest that has one, or the one before it. */
    private int attempt(Pod pod, String container, boolean previous) throws IOException {
        boolean known = Stream.concat(
                        pod.getSpec().getInitContainers().stream(), pod.getSpec().getContainers().stream())
                .anyMatch(c -> c.getName().equals(container));
        if (!known) {
            throw new NotFound("pod " + pod.getMetadata().getName() + " has no container " + container);
        }
        List<ContainerView> started = pods.view(pod.getMetadata().getUid()).named(container).stream()
                .filter(c -> hasLog(pod, c))
                .toList();
        Optional<ContainerView> wanted = started.stream()
                .filter(c -> !previous || c.exited())
                .skip(previous && !started.isEmpty() && started.getFirst().exited() && started.size() > 1 ? 1 : 0)
                .findFirst();
        return wanted.orElseThrow(() -> new BadRequest(
                        previous
                                ? "previous terminated container \"" + container + "\" in pod \""
                                        + pod.getMetadata().getName() + "\" not found"
                                : "container \"" + container + "\" in pod \""
                                        + pod.getMetadata().getName() + "\" is waiting to start"))
                .attempt();
    }

    private boolean hasLog(Pod pod, ContainerView container) {
        Path log = paths.logs(pod).resolve(PodPaths.log(container.name(), container.attempt()));
        return Files.isDirectory(Optional.ofNullable(log.getParent()).orElse(log))
                && !LogFiles.oldestFirst(log).isEmpty();
    }

    private static LogOptions options(RequestHead head) throws BadRequest {
        OptionalLong seconds = number(head, "sinceSeconds", 1);
        Instant since = seconds.isPresent()
                ? Instant.now().minusSeconds(seconds.getAsLong())
                : time(head.parameter("sinceTime").orElse(null));
        return new LogOptions(
                head.flag("follow"),
                boxed(number(head, "tailLines", 0)),
                since,
                head.flag("timestamps"),
                boxed(number(head, "limitBytes", 1)));
    }

    private static @Nullable Instant time(@Nullable String text) throws BadRequest {
        try {
            return text == null || text.isEmpty()
                    ? null
                    : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            throw new BadRequest("sinceTime is '" + text + "'; accepted: a time such as 2026-01-31T12:00:00Z");
        }
    }

    private static OptionalLong number(RequestHead head, String name, long least) throws BadRequest {
        String text = head.parameter(name).orElse("");
        if (text.isEmpty()) {
            return OptionalLong.empty();
        }
        if (!text.matches("\\d{1,18}") || Long.parseLong(text) < least) {
            throw new BadRequest(name + " is '" + text + "'; accepted: a whole number from " + least);
        }
        return OptionalLong.of(Long.parseLong(text));
    }

    private static @Nullable Long boxed(OptionalLong number) {
        return number.isPresent() ? number.getAsLong() : null;
    }
}
