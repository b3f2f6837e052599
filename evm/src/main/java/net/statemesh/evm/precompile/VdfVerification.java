// SPDX-License-Identifier: Apache-2.0
package net.statemesh.evm.precompile;

import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import net.statemesh.evm.type.Address;
import net.statemesh.evm.type.Bytes;
import net.statemesh.evm.type.Word;
import net.statemesh.vdf.Discriminant;
import net.statemesh.vdf.Form;
import net.statemesh.vdf.Statement;
import net.statemesh.vdf.Verifier;

/**
 * Verifies a Time Tower proof. Input, big-endian: u16 n, the bits of |D|; |D| in ceil(n / 8) bytes; x as two halves of ceil(n / 16) bytes, a
 * and (b - 1) / 2 in two's complement; u64 squarings; u8 k; a key of k bytes; the proof, to the end. Output: 1 as a word when the proof is
 * that of the statement, 0 in all other cases, whatever the bytes. {@code docs/evm.md} has the table and what the gas was measured by.
 */
public final class VdfVerification implements Precompile {
    /** "VDF" in ASCII. */
    public static final Address ADDRESS = new Address(0, 0, 0x564446);

    private static final long BASE_GAS = 120_000;
    /** For each square of a limb of 64 bits in the discriminant. */
    private static final long VERIFICATION_GAS = 220;
    /** For each cube of a limb: whether |D| is prime must be found out, unless it is known. */
    private static final long PRIMALITY_GAS = 150;

    private static final Bytes TRUE = Bytes.wrap(Word.ONE.toBytes());
    private static final Bytes FALSE = Bytes.wrap(Word.ZERO.toBytes());

    private final Map<BigInteger, Discriminant> known;
    private final Map<BigInteger, Verifier> verifiers;

    /** Proofs over the chain's own discriminants cost no primality test. */
    public VdfVerification(List<Discriminant> known) {
        this.known = known.stream().collect(Collectors.toUnmodifiableMap(Discriminant::absolute, each -> each));
        verifiers = known.stream().collect(Collectors.toUnmodifiableMap(Discriminant::absolute, Verifier::new));
    }

    @Override
    public long gas(Bytes input) {
        try {
            BigInteger absolute = absolute(ByteBuffer.wrap(input.shared()));
            long limbs = (absolute.bitLength() + Long.SIZE - 1L) / Long.SIZE;
            long verification = BASE_GAS + VERIFICATION_GAS * limbs * limbs;
            return known.containsKey(absolute) ? verification : verification + PRIMALITY_GAS * limbs * limbs * limbs;
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            return BASE_GAS;
        }
    }

    @Override
    public Optional<Bytes> run(Bytes input) {
        return Optional.of(isTrue(input) ? TRUE : FALSE);
    }

    private boolean isTrue(Bytes input) {
        try {
            ByteBuffer in = ByteBuffer.wrap(input.shared());
            BigInteger absolute = absolute(in);
            Discriminant discriminant = known.get(absolute);
            if (discriminant == null) {
                discriminant = Discriminant.of(absolute);
            }
            Form x = form(in, discriminant);
            long squarings = in.getLong();
            byte[] key = bytes(in, in.get() & 0xff);
            Statement statement = new Statement(discriminant, x, squarings, key);
            byte[] proof = bytes(in, in.remaining());
            if (proof.length > Verifier.MAX_PROOF_BYTES) {
                return false;
            }
            Verifier verifier = verifiers.get(absolute);
            return (verifier == null ? new Verifier(discriminant) : verifier).verify(statement, proof);
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            return false; // not the bytes of a statement and a proof
        }
    }

    private static BigInteger absolute(ByteBuffer in) {
        int bits = Short.toUnsignedInt(in.getShort());
        if (bits < Discriminant.MIN_BITS || bits > Discriminant.MAX_BITS) {
            throw new IllegalArgumentException("the discriminant has " + bits + " bits");
        }
        BigInteger absolute = new BigInteger(1, bytes(in, (bits + 7) / 8));
        if (absolute.bitLength() != bits) {
            throw new IllegalArgumentException("the discriminant has another length than it says");
        }
        return absolute;
    }

    /** c follows from a and b: 4ac = b^2 - D. */
    private static Form form(ByteBuffer in, Discriminant discriminant) {
        int half = (discriminant.bits() + 15) / 16;
        BigInteger a = new BigInteger(1, bytes(in, half));
        BigInteger b = new BigInteger(bytes(in, half)).shiftLeft(1).add(BigInteger.ONE);
        if (a.signum() == 0) {
            throw new IllegalArgumentException("a is zero");
        }
        BigInteger[] c = b.multiply(b).add(discriminant.absolute()).divideAndRemainder(a.shiftLeft(2));
        if (c[1].signum() != 0) {
            throw new IllegalArgumentException("no form of the discriminant has these a and b");
        }
        return new Form(a, b, c[0]);
    }

    private static byte[] bytes(ByteBuffer in, int length) {
        if (length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }
}
