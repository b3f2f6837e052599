// SPDX-License-Identifier: Apache-2.0
/** ABFT consensus of the chain. */
@NullMarked
package net.statemesh.lachesis;

import org.jspecify.annotations.NullMarked;
