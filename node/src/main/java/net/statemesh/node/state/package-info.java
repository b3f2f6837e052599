// SPDX-License-Identifier: Apache-2.0
/** What the agent keeps on disk. */
@NullMarked
package net.statemesh.node.state;

import org.jspecify.annotations.NullMarked;
