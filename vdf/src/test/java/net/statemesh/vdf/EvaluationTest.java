// SPDX-License-Identifier: Apache-2.0
package net.statemesh.vdf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EvaluationTest {
    private static final Discriminant D = Discriminant.fromSeed(new byte[] {1, 2, 3}, 256);
    private static final byte[] KEY = {9, 8, 7};

    private static Statement statement(long squarings) {
        return new Statement(D, D.generator(), squarings, KEY);
    }

    private static byte[] prove(Statement statement, Backend backend) {
        Evaluation evaluation = Evaluation.start(statement, backend);
        evaluation.advance(Long.MAX_VALUE);
        return evaluation.prove().finish();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 100, 263, 264, 265, 300, 1000, 4321})
    void proofVerifiesAndIsTheDirectPower(long squarings) {
        Statement statement = statement(squarings);
        byte[] proof = prove(statement, Backend.JAVA);
        assertThat(new Verifier(D).verify(statement, proof)).isTrue();
        ClassGroup group = new ClassGroup(D, Backend.JAVA);
        FormCodec codec = new FormCodec(group);
        byte[] y = codec.encode(group.square(D.generator(), squarings));
        Challenge challenge =
                Challenge.first(statement, codec.encode(D.generator()), y).orElseThrow();
        Form pi = group.power(
                D.generator(), BigInteger.ONE.shiftLeft((int) squarings).divide(challenge.prime()));
        assertThat(proof).isEqualTo(Proof.encode(statement, challenge.number(), y, codec.encode(pi)));
    }

    @Test
    void backEndsGiveTheSameBytes() {
        Statement statement = statement(5000);
        byte[] expected = prove(statement, Backend.JAVA);
        for (Backend backend : Backends.available()) {
            assertThat(prove(statement, backend)).as("%s", backend).isEqualTo(expected);
        }
    }

    @Test
    @Tag("property")
    void interruptionAtAnyPointGivesTheSameBytes() {
        long squarings = 3000;
        Statement statement = statement(squarings);
        byte[] expected = prove(statement, Backend.JAVA);
        Random random = new Random(7);
        for (int i = 0; i < 100; i++) {
            Backend first = Backends.any(random);
            Evaluation evaluation = Evaluation.start(statement, first);
            while (!evaluation.isDone()) {
                evaluation.advance(random.nextInt((int) squarings));
                Backend next = Backends.any(random);
                evaluation = Evaluation.resume(statement, next, evaluation.checkpoint());
            }
            assertThat(evaluation.prove().finish()).as("try %s", i).isEqualTo(expected);
        }
    }

    @Test
    void progressIsWhatWasDone() {
        Evaluation evaluation = Evaluation.start(statement(1000), Backend.JAVA);
        assertThat(evaluation.advance(0)).isZero();
        assertThat(evaluation.advance(-5)).isZero();
        assertThat(evaluation.advance(300)).isEqualTo(300);
        assertThat(evaluation.position()).isEqualTo(300);
        assertThat(evaluation.isDone()).isFalse();
        assertThatIllegalStateException().isThrownBy(evaluation::prove).withMessageContaining("300 of 1000");
        assertThat(evaluation.advance(5000)).isEqualTo(700);
        assertThat(evaluation.isDone()).isTrue();
        ProofGeneration generation = evaluation.prove();
        assertThatIllegalStateException().isThrownBy(generation::proof);
        double before = -1;
        while (!generation.isDone()) {
            assertThat(generation.fractionDone()).isBetween(before, 1.0);
            before = generation.fractionDone();
            generation.advance(10);
        }
        assertThat(generation.fractionDone()).isEqualTo(1);
    }

    @Test
    void damagedOrForeignCheckpointsAreRefused() {
        Evaluation evaluation = Evaluation.start(statement(1000), Backend.JAVA);
        evaluation.advance(500);
        byte[] checkpoint = evaluation.checkpoint();
        for (int i = 0; i < checkpoint.length; i++) {
            byte[] damaged = checkpoint.clone();
            damaged[i] ^= 4;
            assertThatExceptionOfType(CheckpointException.class)
                    .as("byte %s", i)
                    .isThrownBy(() -> Evaluation.resume(statement(1000), Backend.JAVA, damaged));
        }
        assertThatExceptionOfType(CheckpointException.class)
                .isThrownBy(() -> Evaluation.resume(statement(1000), Backend.JAVA, new byte[0]));
        assertThatExceptionOfType(CheckpointException.class)
                .isThrownBy(() -> Evaluation.resume(statement(1001), Backend.JAVA, checkpoint))
                .withMessageContaining("another");
    }

    /** What the plan promises for the sizes that matter, however memory and time are traded. */
    @Test
    void plansFitTheirMemory() {
        for (long squarings : new long[] {1, 1000, 1 << 20, 70_000_000, 1L << 32, Statement.MAX_SQUARINGS}) {
            for (int bits : new int[] {256, 1024, 2048, 4096}) {
                ProofPlan plan = ProofPlan.of(squarings, bits);
                assertThat(plan.powers(squarings) * FormCodec.length(bits)).isLessThanOrEqualTo(ProofPlan.MEMORY_BYTES);
            }
        }
    }

    /** Enough lanes, digits of every size and a length that no lane divides. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 13})
    void everyPlanGivesTheSamePower(int digitBits) {
        BigInteger challenge = BigInteger.ONE.shiftLeft(127).subtract(BigInteger.ONE);
        long squarings = 1501;
        ClassGroup group = new ClassGroup(D, Backend.JAVA);
        Form expected = group.power(
                D.generator(), BigInteger.ONE.shiftLeft((int) squarings).divide(challenge));
        for (long spacing = 1; spacing < 40; spacing += 6) {
            for (boolean squares : new boolean[] {false, true}) {
                ProofPlan plan = new ProofPlan(digitBits, spacing, squares);
                PowerStore powers = new PowerStore(new FormCodec(group));
                MutableForm f = group.load(D.generator());
                for (int i = 0; i < plan.powers(squarings); i++) {
                    powers.add(f);
                    group.square(f, plan.position(i + 1) - plan.position(i));
                }
                QuotientPower power = new QuotientPower(group, plan, powers, squarings, challenge);
                power.advance(Long.MAX_VALUE);
                assertThat(power.result().toForm()).as("%s", plan).isEqualTo(expected);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("net.statemesh.vdf.Backends#available")
    void squaringAllocatesNothing(Backend backend) {
        ClassGroup group = new ClassGroup(D, backend);
        MutableForm f = group.load(D.generator());
        group.square(f, 30_000);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        group.square(f, 30_000);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(allocated / 30_000).as("bytes per squaring").isZero();
    }

    @Test
    void statementsAreChecked() {
        Form x = D.generator();
        assertThatIllegalArgumentException().isThrownBy(() -> new Statement(D, x, 0, KEY));
        assertThatIllegalArgumentException().isThrownBy(() -> new Statement(D, x, Statement.MAX_SQUARINGS + 1, KEY));
        assertThatIllegalArgumentException().isThrownBy(() -> new Statement(D, x, 1, new byte[0]));
        assertThatIllegalArgumentException().isThrownBy(() -> new Statement(D, x, 1, new byte[256]));
        Form notReduced = new Form(x.c(), x.b(), x.a());
        assertThatIllegalArgumentException().isThrownBy(() -> new Statement(D, notReduced, 1, KEY));
        Discriminant other = Discriminant.fromSeed(new byte[] {4}, 256);
        assertThatIllegalArgumentException().isThrownBy(() -> new Statement(other, x, 1, KEY));
    }
}
