// SPDX-License-Identifier: Apache-2.0
/** Words of 256 bits, addresses and byte strings. */
@NullMarked
package net.statemesh.evm.type;

import org.jspecify.annotations.NullMarked;
