// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.cri;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.statemesh.node.cri.wire.AuthConfig;
import net.statemesh.node.cri.wire.ContainerConfig;
import net.statemesh.node.cri.wire.PodSandboxConfig;
import org.jspecify.annotations.Nullable;

/**
 * What the agent asks of a container runtime. Calls block, end within a deadline, and fail with a {@link
 * net.statemesh.api.error.StateMeshException} that carries the runtime's own words.
 */
public interface ContainerRuntime {
    /** Name and version, for example {@code containerd 1.6.20}. */
    RuntimeVersion version();

    /** Why the runtime cannot take pods now, or empty when it can. */
    Optional<String> notReady();

    /** All pods of the runtime at a glance, by pod uid. Cheap: two calls however many pods there are. */
    Map<String, PodGlance> list();

    /** One pod in full. */
    PodView observe(String podUid);

    /** Creates and starts a sandbox; answers its id. */
    String runSandbox(PodSandboxConfig config);

    /** Stops a sandbox and gives its address back; harmless when repeated. */
    void stopSandbox(String sandboxId);

    void removeSandbox(String sandboxId);

    /** Answers the id of the new container, which is not started yet. */
    String createContainer(String sandboxId, ContainerConfig config, PodSandboxConfig sandbox);

    void startContainer(String containerId);

    /** SIGTERM, then SIGKILL when {@code grace} is over; answers when the container has ended. */
    void stopContainer(String containerId, Duration grace);

    void removeContainer(String containerId);

    /** Tells the runtime that the log file was moved away. */
    void reopenLog(String containerId);

    ExecResult exec(String containerId, List<String> command, Duration timeout);

    /** URL of the runtime's streaming server for one session; see the CRI {@code Exec} call. */
    String execUrl(String containerId, List<String> command, Streams streams);

    String attachUrl(String containerId, Streams streams);

    String portForwardUrl(String sandboxId, List<Integer> ports);

    /** The image when it is on this node. */
    Optional<ImageView> image(String reference);

    /** Pulls and answers the reference to use for containers. */
    String pull(String reference, @Nullable AuthConfig credentials, PodSandboxConfig sandbox);

    List<ImageView> images();

    void removeImage(String imageId);

    /** Reference of the image that sandboxes are made of, when the runtime tells. */
    Optional<String> sandboxImage();

    /** References of the images that containers, running or not, are made of. */
    Set<String> imagesInUse();

    /** Mount points of the file systems that hold images. */
    List<String> imageFileSystems();

    /** Which streams of an interactive session are wanted. */
    record Streams(boolean stdin, boolean stdout, boolean stderr, boolean tty) {}

    /** What a command in a container left behind. */
    record ExecResult(int exitCode, String output) {}

    /** Name and version of the runtime. */
    record RuntimeVersion(String name, String version) {}
}
