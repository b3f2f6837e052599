// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.cri;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.statemesh.node.cri.wire.Container;
import net.statemesh.node.cri.wire.ContainerStatus;
import net.statemesh.node.cri.wire.Image;
import net.statemesh.node.cri.wire.PodSandbox;
import net.statemesh.node.cri.wire.PodSandboxState;
import net.statemesh.node.cri.wire.PodSandboxStatus;

/** Turns wire messages into views. */
final class CriViews {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private CriViews() {}

    static SandboxView sandbox(PodSandboxStatus status) {
        return new SandboxView(
                status.getId(),
                status.getMetadata().getAttempt(),
                status.getState() == PodSandboxState.SANDBOX_READY,
                instant(status.getCreatedAt()),
                status.getNetwork().getIp());
    }

    static ContainerView container(ContainerStatus status, String sandboxId) {
        return new ContainerView(
                status.getId(),
                sandboxId,
                status.getMetadata().getName(),
                status.getMetadata().getAttempt(),
                switch (status.getState()) {
                    case CONTAINER_CREATED -> ContainerView.State.CREATED;
                    case CONTAINER_RUNNING -> ContainerView.State.RUNNING;
                    case CONTAINER_EXITED -> ContainerView.State.EXITED;
                    case CONTAINER_UNKNOWN, UNRECOGNIZED -> ContainerView.State.UNKNOWN;
                },
                instant(status.getCreatedAt()),
                instant(status.getStartedAt()),
                instant(status.getFinishedAt()),
                status.getExitCode(),
                status.getReason(),
                status.getMessage(),
                status.getImage().getImage(),
                status.getImageRef(),
                Map.copyOf(status.getAnnotationsMap()));
    }

    static ImageView image(Image image) {
        return new ImageView(
                image.getId(),
                List.copyOf(image.getRepoTagsList()),
                List.copyOf(image.getRepoDigestsList()),
                image.getSize(),
                image.hasUid() ? image.getUid().getValue() : null,
                image.getUsername(),
                image.getPinned());
    }

    static Map<String, PodGlance> glances(List<PodSandbox> sandboxes, List<Container> containers) {
        Map<String, List<String>> parts = new TreeMap<>();
        Map<String, String[]> names = new TreeMap<>();
        Stream.concat(
                        sandboxes.stream().map(s -> entry(s.getLabelsMap(), s.getId() + ":" + s.getState(), names)),
                        containers.stream().map(c -> entry(c.getLabelsMap(), c.getId() + ":" + c.getState(), names)))
                .filter(e -> !e.getKey().isEmpty())
                .forEach(e -> parts.computeIfAbsent(e.getKey(), _ -> new java.util.ArrayList<>())
                        .add(e.getValue()));
        return parts.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, e -> {
            String[] name = names.getOrDefault(e.getKey(), new String[] {"", ""});
            return new PodGlance(
                    e.getKey(), name[0], name[1], e.getValue().stream().sorted().collect(Collectors.joining(" ")));
        }));
    }

    private static Map.Entry<String, String> entry(
            Map<String, String> labels, String part, Map<String, String[]> names) {
        String uid = labels.getOrDefault(Labels.POD_UID, "");
        names.put(
                uid,
                new String[] {labels.getOrDefault(Labels.POD_NAMESPACE, ""), labels.getOrDefault(Labels.POD_NAME, "")});
        return Map.entry(uid, part);
    }

    private static Instant instant(long nanos) {
        return nanos <= 0 ? Instant.EPOCH : Instant.ofEpochSecond(nanos / NANOS_PER_SECOND, nanos % NANOS_PER_SECOND);
    }
}
