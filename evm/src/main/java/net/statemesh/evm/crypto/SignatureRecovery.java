// SPDX-License-Identifier: Apache-2.0
package net.statemesh.evm.crypto;

import java.util.Optional;
import net.statemesh.evm.type.Address;
import net.statemesh.evm.type.Word;

/** Finds who signed, on the curve secp256k1. Source: SEC 1, 4.1.6. */
public interface SignatureRecovery {
    /**
     * The address of the key that made the signature (r, s) of a hash; empty when there is none.
     *
     * @param yParity 0 or 1: which of the two points with that r
     */
    Optional<Address> recover(Word hash, int yParity, Word r, Word s);

    /** Through Debian's libsecp256k1 where it is installed, else in Java; the results are the same. */
    static SignatureRecovery fastest() {
        return NativeSignatureRecovery.isUsable() ? new NativeSignatureRecovery() : new JavaSignatureRecovery();
    }
}
