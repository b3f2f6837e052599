// SPDX-License-Identifier: Apache-2.0
/** Shell: marks nodes that stopped reporting, and tells others which nodes are there. */
@NullMarked
package net.statemesh.zone.node;

import org.jspecify.annotations.NullMarked;
