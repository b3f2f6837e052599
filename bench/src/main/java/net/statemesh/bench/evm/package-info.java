// SPDX-License-Identifier: Apache-2.0
/** The EVM beside anvil. */
@NullMarked
package net.statemesh.bench.evm;

import org.jspecify.annotations.NullMarked;
