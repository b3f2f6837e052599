// SPDX-License-Identifier: Apache-2.0
/** Pure: what the controllers of a zone decide, without clock, I/O, threads or randomness of their own. */
@NullMarked
package net.statemesh.zone.plan;

import org.jspecify.annotations.NullMarked;
