// SPDX-License-Identifier: Apache-2.0
/** What this machine is and can: capabilities, class, and whether it meets the node minimum. */
@NullMarked
package net.statemesh.node.preflight;

import org.jspecify.annotations.NullMarked;
