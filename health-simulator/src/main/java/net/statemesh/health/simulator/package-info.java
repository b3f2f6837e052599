// SPDX-License-Identifier: Apache-2.0
/** A zone whose nodes, links, clocks and master fail, in virtual time, from one seed. */
@NullMarked
package net.statemesh.health.simulator;

import org.jspecify.annotations.NullMarked;
