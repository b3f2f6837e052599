// SPDX-License-Identifier: Apache-2.0
/** Transactions: bytes, signatures, and what makes one invalid. */
@NullMarked
package net.statemesh.evm.transaction;

import org.jspecify.annotations.NullMarked;
