// SPDX-License-Identifier: Apache-2.0
/** The agent: a small kubelet over CRI. */
@NullMarked
package net.statemesh.node;

import org.jspecify.annotations.NullMarked;
