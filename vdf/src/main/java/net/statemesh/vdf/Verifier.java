// SPDX-License-Identifier: Apache-2.0
package net.statemesh.vdf;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;

/**
 * Checks proofs over one discriminant, whose registers it keeps. One object serves one thread at a time.
 *
 * <p>Source: Wesolowski, "Efficient verifiable delay functions" (2019): π^B x^r = y with r = 2^T mod B.
 */
public final class Verifier {
    /** Length of the longest proof there is. */
    public static final int MAX_PROOF_BYTES = Proof.length(Discriminant.MAX_BITS, Statement.MAX_KEY_BYTES);

    private final ClassGroup group;
    private final FormCodec codec;
    private final MutableForm x;
    private final MutableForm y;
    private final MutableForm pi;
    private final MutableForm product;

    /** Verifies with the fastest back end of this machine. */
    public Verifier(Discriminant discriminant) {
        this(new ClassGroup(discriminant, Backend.fastest()));
    }

    /** Verifies with the back end of {@code group}, which this object uses alone from now on. */
    public Verifier(ClassGroup group) {
        this.group = group;
        codec = new FormCodec(group);
        x = group.newForm();
        y = group.newForm();
        pi = group.newForm();
        product = group.newForm();
    }

    /**
     * Whether {@code proof} proves {@code statement}. Never throws, whatever the bytes: everything but the one canonical encoding of a true
     * proof is false, and so is any statement over another discriminant than this verifier's.
     */
    public boolean verify(Statement statement, byte[] proof) {
        if (!statement.discriminant().equals(group.discriminant()) || !Proof.isAbout(statement, proof)) {
            return false;
        }
        int outputOffset = Proof.outputOffset(statement);
        if (!codec.read(proof, outputOffset, y) || !codec.read(proof, outputOffset + codec.length(), pi)) {
            return false;
        }
        byte[] output = Arrays.copyOfRange(proof, outputOffset, outputOffset + codec.length());
        byte[] input = codec.encode(statement.input());
        Optional<Challenge> challenge = Challenge.of(statement, input, output, Proof.challengeNumber(statement, proof));
        if (challenge.isEmpty()) {
            return false;
        }
        x.set(statement.input());
        try {
            return holds(statement.squarings(), challenge.get().prime());
        } catch (CompositeDiscriminantException e) {
            return false; // nothing can be proved over such a discriminant
        }
    }

    /** Whether π^B x^r = y for reduced forms, whatever way B was found. */
    boolean holds(Form input, Form output, Form quotientPower, long squarings, BigInteger challenge) {
        x.set(input);
        y.set(output);
        pi.set(quotientPower);
        return holds(squarings, challenge);
    }

    private boolean holds(long squarings, BigInteger challenge) {
        BigInteger rest = BigInteger.TWO.modPow(BigInteger.valueOf(squarings), challenge);
        group.powerProduct(product, pi, challenge, x, rest);
        return product.sameAs(y);
    }
}
