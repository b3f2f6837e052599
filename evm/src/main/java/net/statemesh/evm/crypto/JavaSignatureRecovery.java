// SPDX-License-Identifier: Apache-2.0
package net.statemesh.evm.crypto;

import java.math.BigInteger;
import java.util.Optional;
import net.statemesh.evm.type.Address;
import net.statemesh.evm.type.Word;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.math.ec.ECAlgorithms;
import org.bouncycastle.math.ec.ECPoint;

/** Recovery with Bouncy Castle's curve arithmetic. */
public final class JavaSignatureRecovery implements SignatureRecovery {
    private static final X9ECParameters CURVE = CustomNamedCurves.getByName("secp256k1");
    private static final byte EVEN = 2;

    @Override
    public Optional<Address> recover(Word hash, int yParity, Word r, Word s) {
        BigInteger n = CURVE.getN();
        BigInteger rNumber = r.toBigInteger();
        BigInteger sNumber = s.toBigInteger();
        if (r.isZero() || s.isZero() || rNumber.compareTo(n) >= 0 || sNumber.compareTo(n) >= 0) {
            return Optional.empty();
        }
        byte[] compressed = new byte[1 + Word.BYTES];
        compressed[0] = (byte) (EVEN + yParity);
        r.write(compressed, 1);
        ECPoint point;
        try {
            point = CURVE.getCurve().decodePoint(compressed);
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // no point has this x
        }
        BigInteger inverse = rNumber.modInverse(n);
        BigInteger u1 = hash.toBigInteger().negate().multiply(inverse).mod(n);
        BigInteger u2 = sNumber.multiply(inverse).mod(n);
        ECPoint key = ECAlgorithms.sumOfTwoMultiplies(CURVE.getG(), u1, point, u2);
        return key.isInfinity() ? Optional.empty() : Optional.of(addressOf(key.getEncoded(false)));
    }

    /** The last 20 bytes of the hash of an uncompressed point without its first byte. */
    static Address addressOf(byte[] uncompressed) {
        return Address.of(Keccak256.hash(uncompressed, 1, uncompressed.length - 1));
    }
}
