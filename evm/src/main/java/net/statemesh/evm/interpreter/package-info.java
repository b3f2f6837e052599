// SPDX-License-Identifier: Apache-2.0
/** Runs bytecode. */
@NullMarked
package net.statemesh.evm.interpreter;

import org.jspecify.annotations.NullMarked;
