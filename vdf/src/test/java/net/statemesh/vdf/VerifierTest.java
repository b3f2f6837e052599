// SPDX-License-Identifier: Apache-2.0
package net.statemesh.vdf;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VerifierTest {
    private static final byte[] KEY = {5, 4, 3};

    private static final class Case {
        private final Statement statement;
        private final Verifier verifier;
        private final byte[] proof;

        private Case(Statement statement, byte[] proof) {
            this.statement = statement;
            this.proof = proof;
            verifier = new Verifier(statement.discriminant());
        }

        static Case of(int bits, long squarings) {
            Discriminant d = Discriminant.fromSeed(new byte[] {42}, bits);
            Statement statement = new Statement(d, d.generator(), squarings, KEY);
            Evaluation evaluation = Evaluation.start(statement, Backend.fastest());
            evaluation.advance(squarings);
            return new Case(statement, evaluation.prove().finish());
        }

        boolean accepts(byte[] bytes) {
            return verifier.verify(statement, bytes);
        }

        int outputOffset() {
            return Proof.outputOffset(statement);
        }

        int formBytes() {
            return FormCodec.length(statement.discriminant().bits());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {64, 256, 2048})
    void everyChangedByteIsRefused(int bits) {
        Case c = Case.of(bits, 400);
        assertThat(c.accepts(c.proof)).isTrue();
        for (int i = 0; i < c.proof.length; i += bits > 1000 ? 17 : 1) {
            byte[] changed = c.proof.clone();
            changed[i] ^= (byte) (1 << (i % 8));
            assertThat(c.accepts(changed)).as("byte %s", i).isFalse();
        }
        assertThat(c.accepts(c.proof)).isTrue();
    }

    @Test
    void wrongLengthsAreRefused() {
        Case c = Case.of(256, 400);
        for (int length = 0; length < c.proof.length + 40; length++) {
            if (length != c.proof.length) {
                assertThat(c.accepts(Arrays.copyOf(c.proof, length)))
                        .as("%s bytes", length)
                        .isFalse();
            }
        }
    }

    @Test
    void everyPartOfTheStatementCounts() {
        Case c = Case.of(256, 400);
        Discriminant d = c.statement.discriminant();
        Form x = d.generator();
        assertThat(c.verifier.verify(new Statement(d, x, 401, KEY), c.proof)).isFalse();
        assertThat(c.verifier.verify(new Statement(d, x, 400, new byte[] {5, 4, 2}), c.proof))
                .isFalse();
        Form other = new ClassGroup(d, Backend.JAVA).square(x, 1);
        assertThat(c.verifier.verify(new Statement(d, other, 400, KEY), c.proof))
                .isFalse();
        Discriminant foreign = Discriminant.fromSeed(new byte[] {43}, 256);
        Statement elsewhere = new Statement(foreign, foreign.generator(), 400, KEY);
        assertThat(c.verifier.verify(elsewhere, c.proof)).isFalse();
        assertThat(new Verifier(foreign).verify(elsewhere, c.proof)).isFalse();
    }

    /** A thief who rewrites the key in the head of the proof has not the proof for the challenge that follows from it. */
    @Test
    void rewrittenKeyIsRefused() {
        Case c = Case.of(256, 400);
        byte[] stolen = c.proof.clone();
        stolen[Proof.KEY_OFFSET] = 77;
        Statement claim = new Statement(c.statement.discriminant(), c.statement.input(), 400, new byte[] {77, 4, 3});
        assertThat(c.verifier.verify(claim, stolen)).isFalse();
    }

    @Test
    void formsThatAreNotReducedAreRefused() {
        Case c = Case.of(256, 400);
        ClassGroup group = new ClassGroup(c.statement.discriminant(), Backend.JAVA);
        FormCodec codec = new FormCodec(group);
        MutableForm y = group.newForm();
        assertThat(codec.read(c.proof, c.outputOffset(), y)).isTrue();
        Form f = y.toForm();
        BigInteger shifted = f.b().add(f.a().shiftLeft(1));
        MutableForm same = group.newForm();
        for (Form g : new Form[] {
            new Form(f.a(), shifted, end(f.a(), shifted, f.discriminant())),
            new Form(f.c(), f.b().negate(), f.a()),
            new Form(f.a(), f.b().negate(), f.c())
        }) {
            assertThat(g.discriminant()).isEqualTo(f.discriminant());
            same.set(g);
            byte[] blob = c.proof.clone();
            codec.write(same, blob, c.outputOffset());
            assertThat(c.accepts(blob)).isFalse();
        }
    }

    @Test
    void identityOnBothSidesIsRefused() {
        Case c = Case.of(256, 400);
        ClassGroup group = new ClassGroup(c.statement.discriminant(), Backend.JAVA);
        FormCodec codec = new FormCodec(group);
        Discriminant d = c.statement.discriminant();
        byte[] one = codec.encode(d.identity());
        int number = Challenge.first(c.statement, codec.encode(d.generator()), one)
                .orElseThrow()
                .number();
        assertThat(c.accepts(Proof.encode(c.statement, number, one, one))).isFalse();
    }

    /** The equation holds for it, but whoever may choose composite challenges has an easier task than the squarings. */
    @Test
    void compositeChallengeIsRefusedThoughItsEquationHolds() throws NoSuchAlgorithmException {
        Case c = Case.of(256, 400);
        Discriminant d = c.statement.discriminant();
        ClassGroup group = new ClassGroup(d, Backend.JAVA);
        FormCodec codec = new FormCodec(group);
        byte[] y = codec.encode(group.square(d.generator(), 400));
        int primes = 0;
        for (int number = 0; number < 400; number++) {
            BigInteger candidate = challengeCandidate(c.statement, codec.encode(d.generator()), y, number);
            byte[] pi = codec.encode(
                    group.power(d.generator(), BigInteger.ONE.shiftLeft(400).divide(candidate)));
            boolean prime = candidate.isProbablePrime(60);
            assertThat(c.accepts(Proof.encode(c.statement, number, y, pi)))
                    .as("candidate %s", number)
                    .isEqualTo(prime);
            primes += prime ? 1 : 0;
        }
        assertThat(primes).isPositive();
    }

    /** As docs/vdf.md has it. */
    private static BigInteger challengeCandidate(Statement statement, byte[] x, byte[] y, int number)
            throws NoSuchAlgorithmException {
        Discriminant d = statement.discriminant();
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        sha256.update("StateMesh VDF challenge 1\n".getBytes(StandardCharsets.US_ASCII));
        sha256.update(ByteBuffer.allocate(2).putShort((short) d.bits()).array());
        sha256.update(d.absolute().toByteArray(), 1, d.bits() / 8);
        sha256.update(ByteBuffer.allocate(8).putLong(statement.squarings()).array());
        sha256.update(x);
        sha256.update(y);
        sha256.update((byte) statement.key().length);
        sha256.update(statement.key());
        byte[] transcript = sha256.digest();
        ByteBuffer blocks = ByteBuffer.allocate(64);
        for (int i = 2 * number; i < 2 * number + 2; i++) {
            sha256.update(transcript);
            blocks.put(sha256.digest(ByteBuffer.allocate(4).putInt(i).array()));
        }
        return new BigInteger(1, blocks.array(), 0, 33).setBit(263).setBit(0);
    }

    @Test
    void challengeNumberBeyondTheLastIsRefused() {
        Case c = Case.of(256, 400);
        for (int number = Challenge.CANDIDATES; number < 1 << 16; number += 97) {
            byte[] blob = c.proof.clone();
            ByteBuffer.wrap(blob).putShort(Proof.challengeOffset(c.statement), (short) number);
            assertThat(c.accepts(blob)).isFalse();
        }
    }

    @Test
    void encodingsRoundTripAndAreUnique() {
        Random random = new Random(11);
        for (int bits : new int[] {33, 64, 100, 255, 256, 257, 500}) {
            Discriminant d = GroupLawsTest.discriminant(random, bits);
            ClassGroup group = new ClassGroup(d, Backend.JAVA);
            FormCodec codec = new FormCodec(group);
            MutableForm read = group.newForm();
            for (int i = 0; i < 100; i++) {
                Form f = GroupLawsTest.element(group, random);
                byte[] bytes = codec.encode(random.nextBoolean() ? f : f.inverse());
                assertThat(codec.read(bytes, 0, read)).isTrue();
                assertThat(codec.encode(read.toForm())).isEqualTo(bytes);
                assertThat(read.toForm()).isIn(f, f.inverse());
                byte[] noise = new byte[codec.length()];
                random.nextBytes(noise);
                if (codec.read(noise, 0, read)) {
                    assertThat(read.toForm().isReduced()).isTrue();
                    assertThat(read.toForm().discriminant()).isEqualTo(d.value());
                    assertThat(codec.encode(read.toForm())).isEqualTo(noise);
                }
            }
        }
    }

    /** The number of mutated blobs is a system property, so that a million can be run once in a while. */
    @ParameterizedTest(name = "{0} bits, {1} of 1000 blobs")
    @CsvSource({"64, 600", "256, 350", "1024, 40", "2048, 10"})
    @Tag("property")
    void mutatedBlobsAreFalseAndNeverThrow(int bits, int perMille) {
        long blobs = Long.getLong("statemesh.vdf.mutations", 4000) * perMille / 1000;
        Case c = Case.of(bits, 700);
        Mutations mutations = new Mutations(new Random(bits), c.proof, c.outputOffset(), c.formBytes());
        long equal = 0;
        for (long i = 0; i < blobs; i++) {
            byte[] blob = mutations.next();
            boolean same = Arrays.equals(blob, c.proof);
            equal += same ? 1 : 0;
            if (c.accepts(blob) != same) {
                throw new AssertionError("blob " + i + " of seed " + bits + ": "
                        + java.util.HexFormat.of().formatHex(blob));
            }
        }
        System.out.println("vdf: " + blobs + " mutated blobs at " + bits + " bits, " + equal + " equal to the proof");
    }

    private static BigInteger end(BigInteger a, BigInteger b, BigInteger discriminant) {
        return b.multiply(b).subtract(discriminant).divide(a.shiftLeft(2));
    }
}
