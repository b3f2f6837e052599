// SPDX-License-Identifier: Apache-2.0
/** Foundry's anvil as the machine that evm is compared with: a fixture for tests and benchmarks. */
@NullMarked
package net.statemesh.anvil;

import org.jspecify.annotations.NullMarked;
