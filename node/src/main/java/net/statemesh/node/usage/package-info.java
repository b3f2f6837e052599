// SPDX-License-Identifier: Apache-2.0
/** Control groups: limits of pods, and what pods and the node use. */
@NullMarked
package net.statemesh.node.usage;

import org.jspecify.annotations.NullMarked;
