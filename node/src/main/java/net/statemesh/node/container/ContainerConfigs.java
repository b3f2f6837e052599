// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.container;

import io.fabric8.kubernetes.api.model.Container;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.statemesh.node.cri.ImageView;
import net.statemesh.node.cri.Labels;
import net.statemesh.node.cri.wire.ContainerConfig;
import net.statemesh.node.cri.wire.ContainerMetadata;
import net.statemesh.node.cri.wire.ImageSpec;
import net.statemesh.node.cri.wire.KeyValue;
import net.statemesh.node.cri.wire.LinuxContainerConfig;
import net.statemesh.node.cri.wire.Mount;
import net.statemesh.node.state.PodPaths;

/** What the runtime is asked to create as one container. */
public final class ContainerConfigs {
    private ContainerConfigs() {}

    /**
     * One start of one container.
     *
     * @param attempt number of the start, from 0
     * @param restartStep quick ends in a row before this start
     * @param imageRef what the runtime calls the image
     * @param image the image, when the runtime told about it
     * @param mounts volumes and files that were laid out for this start
     */
    public record Start(
            Container container,
            int attempt,
            int restartStep,
            String imageRef,
            Optional<ImageView> image,
            List<Mount> mounts,
            long oomScoreAdj) {}

    public static ContainerConfig of(Start start, PodFields fields, References references) {
        Container container = start.container();
        Map<String, String> environment = new HashMap<>(Environment.of(container, fields, references));
        ContainerConfig.Builder config = ContainerConfig.newBuilder()
                .setMetadata(ContainerMetadata.newBuilder()
                        .setName(container.getName())
                        .setAttempt(start.attempt()))
                .setImage(ImageSpec.newBuilder().setImage(start.imageRef()))
                .setWorkingDir(container.getWorkingDir() == null ? "" : container.getWorkingDir())
                .setLogPath(PodPaths.log(container.getName(), start.attempt()))
                .setStdin(Boolean.TRUE.equals(container.getStdin()))
                .setStdinOnce(Boolean.TRUE.equals(container.getStdinOnce()))
                .setTty(Boolean.TRUE.equals(container.getTty()))
                .addAllMounts(start.mounts())
                .putAllLabels(SandboxConfigs.labels(fields.pod()))
                .putLabels(Labels.CONTAINER_NAME, container.getName())
                .putAnnotations(Labels.RESTART_STEP, String.valueOf(start.restartStep()))
                .setLinux(LinuxContainerConfig.newBuilder()
                        .setResources(Resources.of(container, start.oomScoreAdj()))
                        .setSecurityContext(SecurityContexts.of(fields.pod().getSpec(), container, start.image())));
        environment.putIfAbsent("HOSTNAME", SandboxConfigs.hostname(fields.pod()));
        environment.forEach((name, value) ->
                config.addEnvs(KeyValue.newBuilder().setKey(name).setValue(value)));
        container.getCommand().forEach(c -> config.addCommand(Expansion.expand(c, environment)));
        container.getArgs().forEach(a -> config.addArgs(Expansion.expand(a, environment)));
        return config.build();
    }
}
