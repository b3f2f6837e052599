// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.pod;

import net.statemesh.node.cri.SandboxView;
import net.statemesh.node.state.PrivateFiles;

/** The end of a pod on this node: gives everything back, then tells the API. */
final class PodRemoval {
    private final NodeServices node;

    PodRemoval(NodeServices node) {
        this.node = node;
    }

    /**
     * Can be repeated: an attempt that failed half-way is simply made again. The last status goes first, while there is still
     * something to tell; the checkpoint goes last.
     */
    void finish(PodActions.Target target) {
        target.view().sandboxes().stream().map(SandboxView::id).forEach(node.runtime()::stopSandbox);
        if (!target.gone() && !target.view().isEmpty()) {
            node.api().patchPodStatus(target.pod(), target.status());
        }
        target.view().sandboxes().stream().map(SandboxView::id).forEach(node.runtime()::removeSandbox);
        node.cgroups().remove(target.pod());
        PrivateFiles.removeTree(node.paths().logs(target.pod()));
        if (!target.gone()) {
            node.api().finishDeletion(target.pod());
        }
        node.volumes().remove(target.pod().getMetadata().getUid());
    }
}
