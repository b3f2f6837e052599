// SPDX-License-Identifier: Apache-2.0
/** Ethereum's execution at the Cancun level: a transaction, a block's context and a world state in; receipts and a new state out. */
@NullMarked
package net.statemesh.evm;

import org.jspecify.annotations.NullMarked;
