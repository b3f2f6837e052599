// SPDX-License-Identifier: Apache-2.0
/** Keccak-256, secp256k1 recovery and the compression function of BLAKE2b. */
@NullMarked
package net.statemesh.evm.crypto;

import org.jspecify.annotations.NullMarked;
