// SPDX-License-Identifier: Apache-2.0
/** Recursive length prefix: Ethereum's serialisation. */
@NullMarked
package net.statemesh.evm.rlp;

import org.jspecify.annotations.NullMarked;
