// SPDX-License-Identifier: Apache-2.0
/** Events of the Kubernetes API: what happened to a pod, why, and who did it. */
@NullMarked
package net.statemesh.node.event;

import org.jspecify.annotations.NullMarked;
