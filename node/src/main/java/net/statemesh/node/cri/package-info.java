// SPDX-License-Identifier: Apache-2.0
/** The container runtime: CRI v1 and containerd's events over its unix socket. */
@NullMarked
package net.statemesh.node.cri;

import org.jspecify.annotations.NullMarked;
