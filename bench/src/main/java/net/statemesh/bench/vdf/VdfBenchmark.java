// SPDX-License-Identifier: Apache-2.0
package net.statemesh.bench.vdf;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import net.statemesh.bench.Benchmark;
import net.statemesh.bench.Figures;
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
    private static final int VERIFICATIONS = 40;
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
        evaluation(out, Discriminant.fromSeed(SEED, EVALUATION_BITS));
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

    private static void evaluation(Figures out, Discriminant d) {
        Statement statement = new Statement(d, d.generator(), EVALUATION_SQUARINGS, KEY);
        long start = ThreadCost.cpuNanos();
        Evaluation evaluation = Evaluation.start(statement, Backend.fastest());
        evaluation.advance(EVALUATION_SQUARINGS);
        double evaluationSeconds = (ThreadCost.cpuNanos() - start) / 1e9;
        start = ThreadCost.cpuNanos();
        ProofGeneration generation = evaluation.prove();
        byte[] proof = generation.finish();
        double proofSeconds = (ThreadCost.cpuNanos() - start) / 1e9;
        out.figure("vdf-2048-evaluation-2^20", evaluationSeconds, "s");
        out.figure("vdf-2048-proof-2^20", proofSeconds, "s");
        out.ratio("vdf-2048-proof-to-evaluation", proofSeconds / evaluationSeconds);
        out.figure("vdf-2048-proof-size", proof.length, "bytes");
        verification(out, statement, proof, evaluationSeconds / EVALUATION_SQUARINGS);
    }

    private static void verification(Figures out, Statement statement, byte[] proof, double secondsPerSquaring) {
        Verifier verifier = new Verifier(new ClassGroup(statement.discriminant(), Backend.fastest()));
        double[] seconds = new double[VERIFICATIONS];
        for (int i = -VERIFICATIONS; i < VERIFICATIONS; i++) {
            long start = ThreadCost.cpuNanos();
            boolean valid = verifier.verify(statement, proof);
            if (!valid) {
                throw new IllegalStateException("a true proof was refused");
            }
            if (i >= 0) {
                seconds[i] = (ThreadCost.cpuNanos() - start) / 1e9;
            }
        }
        out.figure("vdf-2048-verification", 1e3 * median(seconds), "ms");
        out.figure("vdf-2048-verification-cost", median(seconds) / secondsPerSquaring, "squarings");
    }

    private static double allocation(Contestant contestant) throws Exception {
        long before = ThreadCost.allocatedBytes();
        contestant.square(SQUARINGS_PER_ROUND);
        return (ThreadCost.allocatedBytes() - before) / (double) SQUARINGS_PER_ROUND;
    }

    private static Contestant group(Discriminant d, Backend backend) {
        Statement statement = new Statement(d, d.generator(), Statement.MAX_SQUARINGS, KEY);
        Evaluation evaluation = Evaluation.start(statement, backend);
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
