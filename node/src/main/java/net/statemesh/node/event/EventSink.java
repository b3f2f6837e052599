// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.event;

import io.fabric8.kubernetes.api.model.Pod;

/** Takes note of what happened to pods. Never blocks and never fails. */
public interface EventSink {
    /** Things that went as they should. */
    void normal(Pod pod, String reason, String message);

    /** Things that somebody may have to look at. */
    void warning(Pod pod, String reason, String message);
}
