// SPDX-License-Identifier: Apache-2.0
package net.statemesh.evm.state;

import net.statemesh.evm.crypto.Keccak256;
import net.statemesh.evm.type.Word;

/**
 * What lasts of an account besides its storage.
 *
 * @param nonce unsigned
 * @param balance in wei
 * @param codeHash {@link Keccak256#EMPTY} where there is no code
 */
public record Account(long nonce, Word balance, Word codeHash) {
    public static final Account EMPTY = new Account(0, Word.ZERO, Keccak256.EMPTY);

    /** As EIP-161 defines it. */
    public boolean isEmpty() {
        return nonce == 0 && balance.isZero() && codeHash.equals(Keccak256.EMPTY);
    }
}
