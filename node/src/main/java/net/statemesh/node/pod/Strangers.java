// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.pod;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.List;
import net.statemesh.node.cri.ContainerView;
import net.statemesh.node.cri.PodGlance;
import net.statemesh.node.cri.PodView;

/** Makes a pod out of what the runtime shows of one that nobody else knows, so that it can be stopped like any other. */
final class Strangers {
    private Strangers() {}

    static Pod pod(PodGlance glance, PodView view) {
        List<Container> containers = view.containers().stream()
                .map(ContainerView::name)
                .distinct()
                .map(name -> new ContainerBuilder().withName(name).withImage("").build())
                .toList();
        return new PodBuilder()
                .withNewMetadata()
                .withUid(glance.podUid())
                .withNamespace(glance.namespace())
                .withName(glance.name())
                .endMetadata()
                .withNewSpec()
                .withContainers(containers)
                .endSpec()
                .build();
    }
}
