// SPDX-License-Identifier: Apache-2.0
/** Merkle Patricia tries and proofs. */
@NullMarked
package net.statemesh.evm.trie;

import org.jspecify.annotations.NullMarked;
