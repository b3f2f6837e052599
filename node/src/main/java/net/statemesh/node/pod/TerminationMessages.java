// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.pod;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import net.statemesh.node.cri.ContainerView;
import net.statemesh.node.cri.PodView;
import net.statemesh.node.logs.LogTail;
import net.statemesh.node.state.PodPaths;

/** What containers left to say when they ended: their termination message, or their last lines if they ask for that. */
final class TerminationMessages {
    private static final int MAX_BYTES = 4_096;
    private static final int MAX_LINES = 80;

    private TerminationMessages() {}

    static PodView added(PodView view, Pod pod, PodPaths paths) {
        return new PodView(
                view.sandboxes(),
                view.containers().stream().map(c -> added(c, pod, paths)).toList());
    }

    private static ContainerView added(ContainerView container, Pod pod, PodPaths paths) {
        if (!container.exited() || !container.message().isEmpty()) {
            return container;
        }
        String message =
                read(paths.terminationMessage(pod.getMetadata().getUid(), container.name(), container.attempt()));
        if (message.isEmpty() && container.exitCode() != 0 && wantsLog(pod, container.name())) {
            Path log = paths.logs(pod).resolve(PodPaths.log(container.name(), container.attempt()));
            message = LogTail.text(log, MAX_LINES, MAX_BYTES);
        }
        return container.withMessage(message);
    }

    private static boolean wantsLog(Pod pod, String container) {
        return Stream.concat(pod.getSpec().getInitContainers().stream(), pod.getSpec().getContainers().stream())
                .filter(c -> c.getName().equals(container))
                .map(Container::getTerminationMessagePolicy)
                .anyMatch("FallbackToLogsOnError"::equals);
    }

    /** A message that cannot be read is no message. */
    private static String read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(MAX_BYTES), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }
}
