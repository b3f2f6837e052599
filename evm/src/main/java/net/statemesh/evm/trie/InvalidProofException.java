// SPDX-License-Identifier: Apache-2.0
package net.statemesh.evm.trie;

/** A proof that proves nothing. */
public final class InvalidProofException extends Exception {
    InvalidProofException(String message) {
        super(message);
    }
}
