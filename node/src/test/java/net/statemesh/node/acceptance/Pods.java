// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.acceptance;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.UUID;

/** Pods for tests. */
final class Pods {
    private Pods() {}

    static ContainerBuilder shell(String name, String script) {
        return new ContainerBuilder().withName(name).withImage(RealNode.IMAGE).withCommand("/bin/sh", "-c", script);
    }

    static PodBuilder pod(String name, Container... containers) {
        return new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace("default")
                .withUid(UUID.randomUUID().toString())
                .endMetadata()
                .withNewSpec()
                .withNodeName("node")
                .withRestartPolicy("Always")
                .withTerminationGracePeriodSeconds(2L)
                .withContainers(containers)
                .endSpec();
    }

    static Pod running(String name, String script) {
        return pod(name, shell("main", script).build()).build();
    }
}
