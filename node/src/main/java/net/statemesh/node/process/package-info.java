// SPDX-License-Identifier: Apache-2.0
/** Commands of the operating system. */
@NullMarked
package net.statemesh.node.process;

import org.jspecify.annotations.NullMarked;
