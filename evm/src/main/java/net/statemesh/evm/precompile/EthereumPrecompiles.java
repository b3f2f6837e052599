// SPDX-License-Identifier: Apache-2.0
package net.statemesh.evm.precompile;

import net.statemesh.evm.crypto.SignatureRecovery;
import net.statemesh.evm.type.Address;

/** The precompiles of Ethereum. */
public final class EthereumPrecompiles {
    private EthereumPrecompiles() {}

    /** Addresses 1 to 10, as of Cancun. */
    public static Precompiles cancun() {
        return Precompiles.none()
                .with(address(1), new EcRecover(SignatureRecovery.fastest()))
                .with(address(2), Digest.sha256())
                .with(address(3), Digest.ripemd160())
                .with(address(4), Digest.identity())
                .with(address(5), new ModularPower())
                .with(address(6), Bn254Curve.addition())
                .with(address(7), Bn254Curve.multiplication())
                .with(address(8), Bn254Curve.pairing())
                .with(address(9), new Blake2bRounds())
                .with(address(10), new KzgPointEvaluation());
    }

    private static Address address(int number) {
        return new Address(0, 0, number);
    }
}
