// SPDX-License-Identifier: Apache-2.0
package net.statemesh.bench.vdf;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import net.statemesh.bench.Benchmark;
import net.statemesh.bench.Figures;
import net.statemesh.bench.ThreadCost;
import net.statemesh.vdf.Backend;
import net.statemesh.vdf.ClassGroup;
import net.statemesh.vdf.Discriminant;
import net.statemesh.vdf.Evaluation;
import net.statemesh.vdf.Form;
import net.statemesh.vdf.ProofGeneration;
import net.statemesh.vdf.Statement;
import net.statemesh.vdf.Verifier;

/**
 * Squaring, proving and verifying. Every rate is taken from the CPU time of this thread, along a chain of squarings so that no input comes
 * twice; the contestants take turns, and a figure is the median of the rounds.
 */
public final class VdfBenchmark implements Benchmark {
    private static final byte[] SEED = "StateMesh bench".getBytes(StandardCharsets.US_ASCII);
    private static final int[] SIZES_BITS = {1024, 2048};
    private static final int WARM_UP_ROUNDS = 4;
    private static final int ROUNDS = 15;
    private static final int SQUARINGS_PER_ROUND = 10_000;
    private static final int EVALUATION_BITS = 2048;
    private static final long EVALUATION_SQUARINGS = 1L << 20;
    private static final long WARM_UP_SQUARINGS = 1 << 15;
    private static final int WARM_UP_VERIFICATIONS = 200;
    private static final int PROOF_STEP = 1000;
    private static final int RIVAL_STEP = 13_000;
    private static final int PROOFS = 60;
    private static final long SQUARINGS_PER_PROOF = 1000;
    private static final int SQUARINGS_PER_VERIFICATION = 500;
    private static final byte[] KEY = {1};

    private interface Contestant {
        void square(int times) throws Exception;

        Form form();
    }

    @Override
    public String name() {
        return "vdf";
    }

    @Override
    public void run(Figures out) throws Exception {
        for (int bits : SIZES_BITS) {
            squaring(out, Discriminant.fromSeed(SEED, bits));
        }
        Discriminant d = Discriminant.fromSeed(SEED, EVALUATION_BITS);
        proof(out, d);
        verification(out, d);
    }

    private static void squaring(Figures out, Discriminant d) throws Exception {
        Contestant plain = plain(d);
        Contestant hybrid = group(d, Backend.HYBRID);
        Contestant java = group(d, Backend.JAVA);
        Contestant[] contestants = {plain, hybrid, java};
        double[][] seconds = new double[contestants.length][ROUNDS];
        for (int round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
            for (int i = 0; i < contestants.length; i++) {
                long start = ThreadCost.cpuNanos();
                contestants[i].square(SQUARINGS_PER_ROUND);
                long end = ThreadCost.cpuNanos();
                if (round >= 0) {
                    seconds[i][round] = (end - start) / 1e9;
                }
            }
        }
        if (!plain.form().equals(hybrid.form()) || !plain.form().equals(java.form())) {
            throw new IllegalStateException("the back ends disagree at " + d.bits() + " bits");
        }
        String size = "vdf-" + d.bits() + "-";
        out.figure(size + "plain-gmp", SQUARINGS_PER_ROUND / median(seconds[0]), "squarings/s");
        out.figure(size + "hybrid", SQUARINGS_PER_ROUND / median(seconds[1]), "squarings/s");
        out.figure(size + "java", SQUARINGS_PER_ROUND / median(seconds[2]), "squarings/s");
        out.ratio(size + "hybrid-to-plain-gmp", medianRatio(seconds[0], seconds[1]));
        out.ratio(size + "java-to-plain-gmp", medianRatio(seconds[0], seconds[2]));
        out.figure(size + "hybrid-allocation", allocation(hybrid), "bytes/squaring");
        out.figure(size + "java-allocation", allocation(java), "bytes/squaring");
    }

    /**
     * A whole proof of 2^20 squarings; another evaluation of as many squarings takes turns with it, so that both see the same machine. That one is
     * on its way to the longest statement there is, for which it keeps next to nothing: the memory is that of the proof.
     */
    private static void proof(Figures out, Discriminant d) {
        warmUp(d);
        long heapBefore = heapBytes();
        Statement statement = new Statement(d, d.generator(), EVALUATION_SQUARINGS, KEY);
        Evaluation evaluation = Evaluation.start(statement, Backend.fastest());
        evaluation.advance(EVALUATION_SQUARINGS);
        ProofGeneration generation = evaluation.prove();
        Evaluation rival = Evaluation.start(endless(d), Backend.fastest());
        double proofSeconds = 0;
        double evaluationSeconds = 0;
        while (!generation.isDone() || rival.position() < EVALUATION_SQUARINGS) {
            long start = ThreadCost.cpuNanos();
            generation.advance(PROOF_STEP);
            long middle = ThreadCost.cpuNanos();
            rival.advance(Math.min(RIVAL_STEP, EVALUATION_SQUARINGS - rival.position()));
            proofSeconds += (middle - start) / 1e9;
            evaluationSeconds += (ThreadCost.cpuNanos() - middle) / 1e9;
        }
        byte[] proof = generation.proof();
        double heapMebibytes = (heapBytes() - heapBefore) / (double) (1 << 20);
        out.figure("vdf-2048-evaluation-2^20", evaluationSeconds, "s");
        out.figure("vdf-2048-proof-2^20", proofSeconds, "s");
        out.ratio("vdf-2048-proof-to-evaluation", proofSeconds / evaluationSeconds);
        out.figure("vdf-2048-proof-memory", heapMebibytes, "MiB");
        out.figure("vdf-2048-proof-size", proof.length, "bytes");
        if (!rival.value().equals(evaluation.value())) {
            throw new IllegalStateException("two evaluations of one statement disagree");
        }
    }

    private static void warmUp(Discriminant d) {
        Statement statement = new Statement(d, d.generator(), WARM_UP_SQUARINGS, KEY);
        Evaluation evaluation = Evaluation.start(statement, Backend.fastest());
        evaluation.advance(WARM_UP_SQUARINGS);
        byte[] proof = evaluation.prove().finish();
        Verifier verifier = new Verifier(d);
        for (int i = 0; i < WARM_UP_VERIFICATIONS; i++) {
            if (!verifier.verify(statement, proof)) {
                throw new IllegalStateException("a true proof was refused");
            }
        }
    }

    /**
     * Verifications of several proofs, and of the same proofs with π inverted (the costliest kind of wrong proof: only the last comparison finds it),
     * take turns with squarings.
     */
    private static void verification(Figures out, Discriminant d) {
        Verifier verifier = new Verifier(new ClassGroup(d, Backend.fastest()));
        Evaluation squaring = Evaluation.start(endless(d), Backend.fastest());
        double verified = 0;
        double squared = 0;
        double refused = 0;
        for (int i = 0; i < PROOFS; i++) {
            Statement statement = new Statement(d, d.generator(), SQUARINGS_PER_PROOF, new byte[] {(byte) i});
            Evaluation evaluation = Evaluation.start(statement, Backend.fastest());
            evaluation.advance(SQUARINGS_PER_PROOF);
            byte[] proof = evaluation.prove().finish();
            byte[] wrong = withInvertedPower(proof, d.bits());
            long start = ThreadCost.cpuNanos();
            boolean valid = verifier.verify(statement, proof);
            long afterVerification = ThreadCost.cpuNanos();
            squaring.advance(SQUARINGS_PER_VERIFICATION);
            long afterSquarings = ThreadCost.cpuNanos();
            boolean fooled = verifier.verify(statement, wrong);
            refused += (ThreadCost.cpuNanos() - afterSquarings) / 1e9;
            if (!valid || fooled) {
                throw new IllegalStateException("a true proof was refused or a wrong one was taken");
            }
            verified += (afterVerification - start) / 1e9;
            squared += (afterSquarings - afterVerification) / 1e9 / SQUARINGS_PER_VERIFICATION;
        }
        out.figure("vdf-2048-verification", 1e3 * verified / PROOFS, "ms");
        out.figure("vdf-2048-verification-cost", verified / squared, "squarings");
        out.ratio("vdf-2048-refusal-to-verification", refused / verified);
    }

    private static Statement endless(Discriminant d) {
        return new Statement(d, d.generator(), Statement.MAX_SQUARINGS, KEY);
    }

    private static byte[] withInvertedPower(byte[] proof, int bits) {
        byte[] wrong = proof.clone();
        for (int i = proof.length - (bits + 15) / 16; i < proof.length; i++) {
            wrong[i] = (byte) ~wrong[i];
        }
        return wrong;
    }

    private static long heapBytes() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static double allocation(Contestant contestant) throws Exception {
        long before = ThreadCost.allocatedBytes();
        contestant.square(SQUARINGS_PER_ROUND);
        return (ThreadCost.allocatedBytes() - before) / (double) SQUARINGS_PER_ROUND;
    }

    private static Contestant group(Discriminant d, Backend backend) {
        Evaluation evaluation = Evaluation.start(endless(d), backend);
        return new Contestant() {
            @Override
            public void square(int times) {
                evaluation.advance(times);
            }

            @Override
            public Form form() {
                return evaluation.value();
            }
        };
    }

    private static Contestant plain(Discriminant d) {
        PlainGmpSquaring squaring = new PlainGmpSquaring(d.generator());
        return new Contestant() {
            @Override
            public void square(int times) {
                squaring.square(times);
            }

            @Override
            public Form form() {
                return squaring.form();
            }
        };
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    /** Median over the rounds of a / b, so that what slows one round down slows both. */
    private static double medianRatio(double[] a, double[] b) {
        double[] ratios = new double[a.length];
        for (int i = 0; i < a.length; i++) {
            ratios[i] = a[i] / b[i];
        }
        return median(ratios);
    }
}
