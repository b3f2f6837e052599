// SPDX-License-Identifier: Apache-2.0
/** From a pod's specification to what the runtime is asked to create. Pure. */
@NullMarked
package net.statemesh.node.container;

import org.jspecify.annotations.NullMarked;
