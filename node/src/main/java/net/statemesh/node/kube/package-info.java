// SPDX-License-Identifier: Apache-2.0
/** What the agent asks of the Kubernetes API. */
@NullMarked
package net.statemesh.node.kube;

import org.jspecify.annotations.NullMarked;
