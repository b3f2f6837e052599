// SPDX-License-Identifier: Apache-2.0
/** Contracts that are part of the machine. */
@NullMarked
package net.statemesh.evm.precompile;

import org.jspecify.annotations.NullMarked;
