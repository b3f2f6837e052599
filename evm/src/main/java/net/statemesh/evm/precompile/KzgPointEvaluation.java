// SPDX-License-Identifier: Apache-2.0
package net.statemesh.evm.precompile;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Optional;
import net.statemesh.evm.type.Bytes;
import net.statemesh.evm.type.Word;
import org.jspecify.annotations.Nullable;
import supranational.blst.P1;
import supranational.blst.P1_Affine;
import supranational.blst.P2;
import supranational.blst.P2_Affine;
import supranational.blst.PT;

/**
 * Address 10, EIP-4844: whether the polynomial behind a commitment has the value y at z. Input: versioned hash, z, y, commitment, proof. The
 * check is one equation of pairings on BLS12-381, e(C - [y]G1, G2) = e(proof, [tau]G2 - [z]G2), for which one point of the ceremony suffices.
 */
final class KzgPointEvaluation implements Precompile {
    private static final long GAS = 50_000;
    private static final int INPUT_BYTES = 192;
    private static final int POINT_BYTES = 48;
    private static final int COMMITMENT_AT = 3 * Word.BYTES;
    private static final byte HASH_VERSION = 1;
    private static final Word FIELD_ELEMENTS_PER_BLOB = Word.of(4096);
    /** Order of the curve's groups. */
    private static final Word MODULUS = Word.ofHex("73eda753299d7d483339d80809a1d80553bda402fffe5bfeffffffff00000001");
    /** [tau]G2 of Ethereum's ceremony: the second of the setup's points in G2. */
    private static final Bytes TAU_G2 = Bytes.ofHex("b5bfd7dd8cdeb128843bc287230af38926187075cbfbefa81009a2ce615ac53d"
            + "2914e5870cb452d2afaaab24f3499f72185cbfee53492714734429b7b38608e2"
            + "3926c911cceceac9a36851477ba4c60b087041de621000edc98edada20c1def2");

    private static final Bytes OUTPUT = output();

    @Override
    public long gas(Bytes input) {
        return GAS;
    }

    @Override
    public Optional<Bytes> run(Bytes input) {
        if (input.size() != INPUT_BYTES) {
            return Optional.empty();
        }
        byte[] bytes = input.shared();
        Word z = Word.read(bytes, Word.BYTES);
        Word y = Word.read(bytes, 2 * Word.BYTES);
        byte[] commitment = Arrays.copyOfRange(bytes, COMMITMENT_AT, COMMITMENT_AT + POINT_BYTES);
        byte[] proof = Arrays.copyOfRange(bytes, COMMITMENT_AT + POINT_BYTES, INPUT_BYTES);
        boolean isValid = z.compareTo(MODULUS) < 0
                && y.compareTo(MODULUS) < 0
                && Word.read(bytes, 0).equals(versionedHash(commitment))
                && isProved(z.toBigInteger(), y.toBigInteger(), commitment, proof);
        return isValid ? Optional.of(OUTPUT) : Optional.empty();
    }

    private static boolean isProved(BigInteger z, BigInteger y, byte[] commitment, byte[] proof) {
        P1_Affine c = point(commitment);
        P1_Affine pi = point(proof);
        if (c == null || pi == null) {
            return false;
        }
        P1 left = P1.generator().mult(y).neg().add(c);
        P2 right = P2.generator().mult(z).neg().add(new P2_Affine(TAU_G2.toArray()));
        PT value = new PT(left.to_affine(), P2_Affine.generator());
        return PT.finalverify(value, new PT(pi, right.to_affine()));
    }

    /** Null when the bytes are not those of a point of the group of prime order. */
    private static @Nullable P1_Affine point(byte[] compressed) {
        try {
            P1_Affine point = new P1_Affine(compressed);
            return point.in_group() ? point : null;
        } catch (RuntimeException e) { // what the library throws for a bad encoding
            return null;
        }
    }

    private static Word versionedHash(byte[] commitment) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(commitment);
            hash[0] = HASH_VERSION;
            return Word.read(hash, 0);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static Bytes output() {
        byte[] out = new byte[2 * Word.BYTES];
        FIELD_ELEMENTS_PER_BLOB.write(out, 0);
        MODULUS.write(out, Word.BYTES);
        return Bytes.wrap(out);
    }
}
