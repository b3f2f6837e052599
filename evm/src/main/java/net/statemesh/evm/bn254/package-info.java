// SPDX-License-Identifier: Apache-2.0
/** The pairing-friendly curve alt_bn128 of EIP-196 and EIP-197. */
@NullMarked
package net.statemesh.evm.bn254;

import org.jspecify.annotations.NullMarked;
