// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.pod;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.statemesh.api.error.StateMeshException;
import net.statemesh.node.NodeErrors;
import net.statemesh.node.cri.ContainerRuntime;
import net.statemesh.node.cri.ImageView;
import net.statemesh.node.cri.PodGlance;
import net.statemesh.node.cri.PodView;
import net.statemesh.node.cri.wire.AuthConfig;
import net.statemesh.node.cri.wire.ContainerConfig;
import net.statemesh.node.cri.wire.PodSandboxConfig;
import org.jspecify.annotations.Nullable;

/** A runtime that fails whatever it is asked; tests override what they are about. */
class NoRuntime implements ContainerRuntime {
    private static StateMeshException away() {
        return new StateMeshException(NodeErrors.RUNTIME, "the runtime is away.", List.of(), List.of());
    }

    @Override
    public RuntimeVersion version() {
        throw away();
    }

    @Override
    public Optional<String> notReady() {
        throw away();
    }

    @Override
    public Map<String, PodGlance> list() {
        throw away();
    }

    @Override
    public PodView observe(String podUid) {
        throw away();
    }

    @Override
    public String runSandbox(PodSandboxConfig config) {
        throw away();
    }

    @Override
    public void stopSandbox(String sandboxId) {
        throw away();
    }

    @Override
    public void removeSandbox(String sandboxId) {
        throw away();
    }

    @Override
    public String createContainer(String sandboxId, ContainerConfig config, PodSandboxConfig sandbox) {
        throw away();
    }

    @Override
    public void startContainer(String containerId) {
        throw away();
    }

    @Override
    public void stopContainer(String containerId, Duration grace) {
        throw away();
    }

    @Override
    public void removeContainer(String containerId) {
        throw away();
    }

    @Override
    public void reopenLog(String containerId) {
        throw away();
    }

    @Override
    public ExecResult exec(String containerId, List<String> command, Duration timeout) {
        throw away();
    }

    @Override
    public String execUrl(String containerId, List<String> command, Streams streams) {
        throw away();
    }

    @Override
    public String attachUrl(String containerId, Streams streams) {
        throw away();
    }

    @Override
    public String portForwardUrl(String sandboxId, List<Integer> ports) {
        throw away();
    }

    @Override
    public Optional<ImageView> image(String reference) {
        throw away();
    }

    @Override
    public String pull(String reference, @Nullable AuthConfig credentials, PodSandboxConfig sandbox) {
        throw away();
    }

    @Override
    public List<ImageView> images() {
        throw away();
    }

    @Override
    public void removeImage(String imageId) {
        throw away();
    }

    @Override
    public Optional<String> sandboxImage() {
        throw away();
    }

    @Override
    public Set<String> imagesInUse() {
        throw away();
    }

    @Override
    public List<String> imageFileSystems() {
        throw away();
    }
}
