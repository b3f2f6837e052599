// SPDX-License-Identifier: Apache-2.0
package net.statemesh.evm.precompile;

import java.util.Optional;
import net.statemesh.evm.crypto.SignatureRecovery;
import net.statemesh.evm.type.Address;
import net.statemesh.evm.type.Bytes;
import net.statemesh.evm.type.Word;

/** Address 1. Input: hash, v (27 or 28), r, s; output: the signer's address as a word, or nothing. */
final class EcRecover implements Precompile {
    private static final long GAS = 3_000;
    private static final long FIRST_V = 27;

    private final SignatureRecovery recovery;

    EcRecover(SignatureRecovery recovery) {
        this.recovery = recovery;
    }

    @Override
    public long gas(Bytes input) {
        return GAS;
    }

    @Override
    public Optional<Bytes> run(Bytes input) {
        Word v = InputWords.word(input, Word.BYTES);
        if (!v.fitsLong() || v.w0() < FIRST_V || v.w0() > FIRST_V + 1) {
            return Optional.of(Bytes.EMPTY);
        }
        Optional<Address> signer = recovery.recover(
                InputWords.word(input, 0),
                (int) (v.w0() - FIRST_V),
                InputWords.word(input, 2 * Word.BYTES),
                InputWords.word(input, 3 * Word.BYTES));
        return Optional.of(
                signer.map(address -> Bytes.wrap(address.toWord().toBytes())).orElse(Bytes.EMPTY));
    }
}
