// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.cri;

import static net.statemesh.node.cri.CriCalls.HEAVY;
import static net.statemesh.node.cri.CriCalls.LIGHT;
import static net.statemesh.node.cri.CriCalls.PULL;
import static net.statemesh.node.cri.CriCalls.call;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.statemesh.api.error.StateMeshException;
import net.statemesh.node.cri.wire.AttachRequest;
import net.statemesh.node.cri.wire.AuthConfig;
import net.statemesh.node.cri.wire.Container;
import net.statemesh.node.cri.wire.ContainerConfig;
import net.statemesh.node.cri.wire.ContainerFilter;
import net.statemesh.node.cri.wire.ContainerStatusRequest;
import net.statemesh.node.cri.wire.CreateContainerRequest;
import net.statemesh.node.cri.wire.ExecRequest;
import net.statemesh.node.cri.wire.ExecSyncRequest;
import net.statemesh.node.cri.wire.ExecSyncResponse;
import net.statemesh.node.cri.wire.ImageFsInfoRequest;
import net.statemesh.node.cri.wire.ImageServiceGrpc;
import net.statemesh.node.cri.wire.ImageServiceGrpc.ImageServiceBlockingStub;
import net.statemesh.node.cri.wire.ImageSpec;
import net.statemesh.node.cri.wire.ImageStatusRequest;
import net.statemesh.node.cri.wire.ImageStatusResponse;
import net.statemesh.node.cri.wire.ListContainersRequest;
import net.statemesh.node.cri.wire.ListImagesRequest;
import net.statemesh.node.cri.wire.ListPodSandboxRequest;
import net.statemesh.node.cri.wire.PodSandbox;
import net.statemesh.node.cri.wire.PodSandboxConfig;
import net.statemesh.node.cri.wire.PodSandboxFilter;
import net.statemesh.node.cri.wire.PodSandboxStatusRequest;
import net.statemesh.node.cri.wire.PortForwardRequest;
import net.statemesh.node.cri.wire.PullImageRequest;
import net.statemesh.node.cri.wire.RemoveContainerRequest;
import net.statemesh.node.cri.wire.RemoveImageRequest;
import net.statemesh.node.cri.wire.RemovePodSandboxRequest;
import net.statemesh.node.cri.wire.ReopenContainerLogRequest;
import net.statemesh.node.cri.wire.RunPodSandboxRequest;
import net.statemesh.node.cri.wire.RuntimeCondition;
import net.statemesh.node.cri.wire.RuntimeServiceGrpc;
import net.statemesh.node.cri.wire.RuntimeServiceGrpc.RuntimeServiceBlockingStub;
import net.statemesh.node.cri.wire.StartContainerRequest;
import net.statemesh.node.cri.wire.StatusRequest;
import net.statemesh.node.cri.wire.StopContainerRequest;
import net.statemesh.node.cri.wire.StopPodSandboxRequest;
import net.statemesh.node.cri.wire.VersionRequest;
import net.statemesh.node.cri.wire.VersionResponse;
import org.jspecify.annotations.Nullable;

/** {@link ContainerRuntime} over CRI v1. */
public final class CriRuntime implements ContainerRuntime {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MAX_EXEC_OUTPUT_BYTES = 64 << 10;
    /** Beyond it a probe or hook fails: what one container prints must not be what the whole node's agent dies of. */
    private static final int MAX_EXEC_ANSWER_BYTES = 1 << 20;

    private static final int MAX_EXECS_AT_ONCE = 16;
    /** What a call may take beyond the time that it gives to the container itself. */
    private static final Duration MARGIN = Duration.ofSeconds(10);

    private final RuntimeServiceBlockingStub runtime;
    private final ImageServiceBlockingStub images;

    private final Semaphore execs = new Semaphore(MAX_EXECS_AT_ONCE);

    public CriRuntime(CriChannel channel) {
        this.runtime = RuntimeServiceGrpc.newBlockingStub(channel.channel());
        this.images = ImageServiceGrpc.newBlockingStub(channel.channel());
    }

    @Override
    public RuntimeVersion version() {
        VersionResponse answer = call("version", runtime, LIGHT, s -> s.version(VersionRequest.getDefaultInstance()));
        return new RuntimeVersion(answer.getRuntimeName(), answer.getRuntimeVersion());
    }

    @Override
    public Optional<String> notReady() {
        return call("status", runtime, LIGHT, s -> s.status(StatusRequest.getDefaultInstance()))
                .getStatus()
                .getConditionsList()
                .stream()
                .filter(c -> !c.getStatus())
                .map(CriRuntime::complaint)
                .findFirst();
    }

    @Override
    public Map<String, PodGlance> list() {
        List<PodSandbox> sandboxes = sandboxes(PodSandboxFilter.getDefaultInstance());
        return CriViews.glances(sandboxes, containers(ContainerFilter.getDefaultInstance()));
    }

    @Override
    public PodView observe(String podUid) {
        Map<String, String> ofPod = Map.of(Labels.POD_UID, podUid);
        List<SandboxView> sandboxes = new ArrayList<>();
        for (PodSandbox item : sandboxes(
                PodSandboxFilter.newBuilder().putAllLabelSelector(ofPod).build())) {
            present(() -> CriViews.sandbox(call(
                                    "sandbox status",
                                    runtime,
                                    LIGHT,
                                    s -> s.podSandboxStatus(PodSandboxStatusRequest.newBuilder()
                                            .setPodSandboxId(item.getId())
                                            .build()))
                            .getStatus()))
                    .ifPresent(sandboxes::add);
        }
        List<ContainerView> containers = new ArrayList<>();
        for (Container item : containers(
                ContainerFilter.newBuilder().putAllLabelSelector(ofPod).build())) {
            present(() -> CriViews.container(
                            call(
                                            "container status",
                                            runtime,
                                            LIGHT,
                                            s -> s.containerStatus(ContainerStatusRequest.newBuilder()
                                                    .setContainerId(item.getId())
                                                    .build()))
                                    .getStatus(),
                            item.getPodSandboxId()))
                    .ifPresent(containers::add);
        }
        return new PodView(sandboxes, containers);
    }

    @Override
    public String runSandbox(PodSandboxConfig config) {
        RunPodSandboxRequest request =
                RunPodSandboxRequest.newBuilder().setConfig(config).build();
        return call("create the sandbox", runtime, HEAVY, s -> s.runPodSandbox(request))
                .getPodSandboxId();
    }

    @Override
    public void stopSandbox(String sandboxId) {
        StopPodSandboxRequest request =
                StopPodSandboxRequest.newBuilder().setPodSandboxId(sandboxId).build();
        call("stop the sandbox", runtime, HEAVY, s -> s.stopPodSandbox(request));
    }

    @Override
    public void removeSandbox(String sandboxId) {
        RemovePodSandboxRequest request =
                RemovePodSandboxRequest.newBuilder().setPodSandboxId(sandboxId).build();
        call("remove the sandbox", runtime, HEAVY, s -> s.removePodSandbox(request));
    }

    @Override
    public String createContainer(String sandboxId, ContainerConfig config, PodSandboxConfig sandbox) {
        CreateContainerRequest request = CreateContainerRequest.newBuilder()
                .setPodSandboxId(sandboxId)
                .setConfig(config)
                .setSandboxConfig(sandbox)
                .build();
        return call("create the container", runtime, HEAVY, s -> s.createContainer(request))
                .getContainerId();
    }

    @Override
    public void startContainer(String containerId) {
        StartContainerRequest request =
                StartContainerRequest.newBuilder().setContainerId(containerId).build();
        call("start the container", runtime, HEAVY, s -> s.startContainer(request));
    }

    @Override
    public void stopContainer(String containerId, Duration grace) {
        StopContainerRequest request = StopContainerRequest.newBuilder()
                .setContainerId(containerId)
                .setTimeout(Math.max(0, grace.toSeconds()))
                .build();
        call("stop the container", runtime, grace.plus(HEAVY), s -> s.stopContainer(request));
    }

    @Override
    public void removeContainer(String containerId) {
        RemoveContainerRequest request =
                RemoveContainerRequest.newBuilder().setContainerId(containerId).build();
        call("remove the container", runtime, HEAVY, s -> s.removeContainer(request));
    }

    @Override
    public void reopenLog(String containerId) {
        ReopenContainerLogRequest request = ReopenContainerLogRequest.newBuilder()
                .setContainerId(containerId)
                .build();
        call("reopen the log", runtime, LIGHT, s -> s.reopenContainerLog(request));
    }

    @Override
    public ExecResult exec(String containerId, List<String> command, Duration timeout) {
        ExecSyncRequest request = ExecSyncRequest.newBuilder()
                .setContainerId(containerId)
                .addAllCmd(command)
                .setTimeout(Math.max(1, timeout.toSeconds()))
                .build();
        ExecSyncResponse answer;
        execs.acquireUninterruptibly();
        try {
            answer = call(
                    "run a command",
                    runtime,
                    timeout.plus(MARGIN),
                    s -> s.withMaxInboundMessageSize(MAX_EXEC_ANSWER_BYTES).execSync(request));
        } finally {
            execs.release();
        }
        var output = answer.getStdout().concat(answer.getStderr());
        return new ExecResult(
                answer.getExitCode(),
                output.substring(0, Math.min(output.size(), MAX_EXEC_OUTPUT_BYTES))
                        .toString(StandardCharsets.UTF_8));
    }

    @Override
    public String execUrl(String containerId, List<String> command, Streams streams) {
        ExecRequest request = ExecRequest.newBuilder()
                .setContainerId(containerId)
                .addAllCmd(command)
                .setStdin(streams.stdin())
                .setStdout(streams.stdout())
                .setStderr(streams.stderr())
                .setTty(streams.tty())
                .build();
        return call("prepare a command", runtime, LIGHT, s -> s.exec(request)).getUrl();
    }

    @Override
    public String attachUrl(String containerId, Streams streams) {
        AttachRequest request = AttachRequest.newBuilder()
                .setContainerId(containerId)
                .setStdin(streams.stdin())
                .setStdout(streams.stdout())
                .setStderr(streams.stderr())
                .setTty(streams.tty())
                .build();
        return call("attach", runtime, LIGHT, s -> s.attach(request)).getUrl();
    }

    @Override
    public String portForwardUrl(String sandboxId, List<Integer> ports) {
        PortForwardRequest request = PortForwardRequest.newBuilder()
                .setPodSandboxId(sandboxId)
                .addAllPort(ports)
                .build();
        return call("forward ports", runtime, LIGHT, s -> s.portForward(request))
                .getUrl();
    }

    @Override
    public Optional<ImageView> image(String reference) {
        ImageStatusRequest request =
                ImageStatusRequest.newBuilder().setImage(spec(reference)).build();
        ImageStatusResponse answer = call("image status", images, LIGHT, s -> s.imageStatus(request));
        return answer.hasImage() ? Optional.of(CriViews.image(answer.getImage())) : Optional.empty();
    }

    @Override
    public String pull(String reference, @Nullable AuthConfig credentials, PodSandboxConfig sandbox) {
        PullImageRequest.Builder request =
                PullImageRequest.newBuilder().setImage(spec(reference)).setSandboxConfig(sandbox);
        if (credentials != null) {
            request.setAuth(credentials);
        }
        return call("pull " + reference, images, PULL, s -> s.pullImage(request.build()))
                .getImageRef();
    }

    @Override
    public List<ImageView> images() {
        return call("list images", images, LIGHT, s -> s.listImages(ListImagesRequest.getDefaultInstance()))
                .getImagesList()
                .stream()
                .map(CriViews::image)
                .toList();
    }

    @Override
    public void removeImage(String imageId) {
        RemoveImageRequest request =
                RemoveImageRequest.newBuilder().setImage(spec(imageId)).build();
        call("remove an image", images, HEAVY, s -> s.removeImage(request));
    }

    @Override
    public Optional<String> sandboxImage() {
        StatusRequest verbose = StatusRequest.newBuilder().setVerbose(true).build();
        String config = call("status", runtime, LIGHT, s -> s.status(verbose)).getInfoOrDefault("config", "{}");
        try {
            return Optional.of(JSON.readTree(config).path("sandboxImage").asText(""))
                    .filter(image -> !image.isEmpty());
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    @Override
    public Set<String> imagesInUse() {
        return containers(ContainerFilter.getDefaultInstance()).stream()
                .flatMap(c -> Stream.of(c.getImageRef(), c.getImage().getImage()))
                .collect(Collectors.toSet());
    }

    @Override
    public List<String> imageFileSystems() {
        return call("image file systems", images, LIGHT, s -> s.imageFsInfo(ImageFsInfoRequest.getDefaultInstance()))
                .getImageFilesystemsList()
                .stream()
                .map(usage -> usage.getFsId().getMountpoint())
                .toList();
    }

    private List<PodSandbox> sandboxes(PodSandboxFilter filter) {
        ListPodSandboxRequest request =
                ListPodSandboxRequest.newBuilder().setFilter(filter).build();
        return call("list sandboxes", runtime, LIGHT, s -> s.listPodSandbox(request))
                .getItemsList();
    }

    private List<Container> containers(ContainerFilter filter) {
        ListContainersRequest request =
                ListContainersRequest.newBuilder().setFilter(filter).build();
        return call("list containers", runtime, LIGHT, s -> s.listContainers(request))
                .getContainersList();
    }

    /** What was removed between a listing and the question about it is simply not there. */
    private static <T> Optional<T> present(Supplier<T> question) {
        try {
            return Optional.of(question.get());
        } catch (StateMeshException e) {
            if (CriCalls.isNotFound(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static String complaint(RuntimeCondition condition) {
        return condition.getType() + ": " + condition.getReason() + " " + condition.getMessage();
    }

    private static ImageSpec spec(String reference) {
        return ImageSpec.newBuilder().setImage(reference).build();
    }
}
