// SPDX-License-Identifier: Apache-2.0
package net.statemesh.api.application;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Assembles an {@link ApplicationSpec} or changes a copy of one. */
public final class ApplicationSpecBuilder {
    private List<ContainerSpec> containers;
    private List<ContainerSpec> initContainers = List.of();
    private List<String> imagePullSecrets = List.of();
    private int replicas = 1;
    private UpdateStrategy updateStrategy = UpdateStrategy.ROLLING;
    private List<Entrypoint> entrypoints = List.of();
    private Map<String, String> annotations = Map.of();
    private int terminationGracePeriodSeconds = ApplicationSpec.DEFAULT_GRACE_SECONDS;
    private @Nullable Requirements requirements;
    private @Nullable Placement placement;
    private Priority priority = Priority.NORMAL;
    private boolean stopped;
    private @Nullable String restartNonce;
    private int drainSeconds = ApplicationSpec.DEFAULT_DRAIN_SECONDS;
    private int progressDeadlineSeconds = ApplicationSpec.DEFAULT_PROGRESS_DEADLINE_SECONDS;
    private boolean automaticRollback = true;

    ApplicationSpecBuilder(List<ContainerSpec> containers) {
        this.containers = containers;
    }

    ApplicationSpecBuilder(ApplicationSpec spec) {
        containers = spec.containers();
        initContainers = spec.initContainers();
        imagePullSecrets = spec.imagePullSecrets();
        replicas = spec.replicas();
        updateStrategy = spec.updateStrategy();
        entrypoints = spec.entrypoints();
        annotations = spec.annotations();
        terminationGracePeriodSeconds = spec.terminationGracePeriodSeconds();
        requirements = spec.requirements();
        placement = spec.placement();
        priority = spec.priority();
        stopped = spec.stopped();
        restartNonce = spec.restartNonce();
        drainSeconds = spec.drainSeconds();
        progressDeadlineSeconds = spec.progressDeadlineSeconds();
        automaticRollback = spec.automaticRollback();
    }

    public ApplicationSpecBuilder containers(List<ContainerSpec> value) {
        containers = value;
        return this;
    }

    public ApplicationSpecBuilder initContainers(List<ContainerSpec> value) {
        initContainers = value;
        return this;
    }

    public ApplicationSpecBuilder imagePullSecrets(List<String> value) {
        imagePullSecrets = value;
        return this;
    }

    public ApplicationSpecBuilder replicas(int value) {
        replicas = value;
        return this;
    }

    public ApplicationSpecBuilder updateStrategy(UpdateStrategy value) {
        updateStrategy = value;
        return this;
    }

    public ApplicationSpecBuilder entrypoints(List<Entrypoint> value) {
        entrypoints = value;
        return this;
    }

    public ApplicationSpecBuilder annotations(Map<String, String> value) {
        annotations = value;
        return this;
    }

    public ApplicationSpecBuilder terminationGracePeriodSeconds(int value) {
        terminationGracePeriodSeconds = value;
        return this;
    }

    public ApplicationSpecBuilder requirements(@Nullable Requirements value) {
        requirements = value;
        return this;
    }

    public ApplicationSpecBuilder placement(@Nullable Placement value) {
        placement = value;
        return this;
    }

    public ApplicationSpecBuilder priority(Priority value) {
        priority = value;
        return this;
    }

    public ApplicationSpecBuilder stopped(boolean value) {
        stopped = value;
        return this;
    }

    public ApplicationSpecBuilder restartNonce(@Nullable String value) {
        restartNonce = value;
        return this;
    }

    public ApplicationSpecBuilder drainSeconds(int value) {
        drainSeconds = value;
        return this;
    }

    public ApplicationSpecBuilder progressDeadlineSeconds(int value) {
        progressDeadlineSeconds = value;
        return this;
    }

    public ApplicationSpecBuilder automaticRollback(boolean value) {
        automaticRollback = value;
        return this;
    }

    public ApplicationSpec build() {
        return new ApplicationSpec(
                containers,
                initContainers,
                imagePullSecrets,
                replicas,
                updateStrategy,
                entrypoints,
                annotations,
                terminationGracePeriodSeconds,
                requirements,
                placement,
                priority,
                stopped,
                restartNonce,
                drainSeconds,
                progressDeadlineSeconds,
                automaticRollback);
    }
}
