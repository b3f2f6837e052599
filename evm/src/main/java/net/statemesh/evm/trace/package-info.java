// SPDX-License-Identifier: Apache-2.0
/** Listeners to a running transaction. */
@NullMarked
package net.statemesh.evm.trace;

import org.jspecify.annotations.NullMarked;
