// SPDX-License-Identifier: Apache-2.0
/** Seeded simulations. */
@NullMarked
package net.statemesh.sim;

import org.jspecify.annotations.NullMarked;
