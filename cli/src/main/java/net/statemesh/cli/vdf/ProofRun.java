// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.vdf;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import net.statemesh.api.error.StateMeshException;
import net.statemesh.vdf.Evaluation;
import net.statemesh.vdf.ProofGeneration;

/** Evaluates and proves in short steps; between two of them it shows progress, keeps a checkpoint, or stops when asked to. */
final class ProofRun {
    private static final long CHECKPOINT_NANOS = Duration.ofMinutes(1).toNanos();
    private static final long SHOW_NANOS = Duration.ofMillis(200).toNanos();
    /** Before that the rate is that of a cold compiler and says nothing. */
    private static final long WARM_UP_NANOS = Duration.ofSeconds(1).toNanos();

    private static final long FIRST_STEP = 64;
    private static final long LONGEST_STEP = 1 << 16;
    private static final long PROOF_STEP = 256;

    private final CheckpointFile file;
    private final ProgressLine progress;
    private final BooleanSupplier stop;
    private final LongSupplier nanoClock;

    ProofRun(CheckpointFile file, ProgressLine progress, BooleanSupplier stop, LongSupplier nanoClock) {
        this.file = file;
        this.progress = progress;
        this.stop = stop;
        this.nanoClock = nanoClock;
    }

    /**
     * The finished proof.
     *
     * @throws StateMeshException INTERRUPTED when asked to stop; the checkpoint is on disk then
     */
    byte[] proof(Evaluation evaluation) {
        evaluate(evaluation);
        ProofGeneration generation = evaluation.prove();
        while (!generation.isDone()) {
            stopIfAsked(evaluation);
            generation.advance(PROOF_STEP);
            progress.show("proving   ", generation.fractionDone(), "");
        }
        progress.end();
        return generation.proof();
    }

    private void evaluate(Evaluation evaluation) {
        long total = evaluation.statement().squarings();
        long startPosition = evaluation.position();
        long start = nanoClock.getAsLong();
        long lastSave = start;
        long step = FIRST_STEP;
        while (!evaluation.isDone()) {
            stopIfAsked(evaluation);
            long before = nanoClock.getAsLong();
            evaluation.advance(step);
            long now = nanoClock.getAsLong();
            step = now - before < SHOW_NANOS ? Math.min(2 * step, LONGEST_STEP) : Math.max(FIRST_STEP, step / 2);
            double rate = (evaluation.position() - startPosition) * 1e9 / Math.max(1, now - start);
            String rest = now - start < WARM_UP_NANOS ? "" : rest(rate, total - evaluation.position());
            progress.show("evaluating", evaluation.position() / (double) total, rest);
            if (now - lastSave > CHECKPOINT_NANOS) {
                file.save(evaluation);
                lastSave = now;
            }
        }
        progress.end();
    }

    private void stopIfAsked(Evaluation evaluation) {
        if (stop.getAsBoolean()) {
            progress.end();
            file.save(evaluation);
            throw new StateMeshException(
                    VdfErrors.INTERRUPTED,
                    String.format(
                            Locale.ROOT,
                            "Stopped at %,d of %,d squarings; the checkpoint is %s.",
                            evaluation.position(),
                            evaluation.statement().squarings(),
                            file.path()),
                    List.of(),
                    List.of("the same command again goes on from there"));
        }
    }

    private static String rest(double squaringsPerSecond, long left) {
        Duration wait = Duration.ofSeconds((long) (left / Math.max(1, squaringsPerSecond)));
        return String.format(
                Locale.ROOT,
                "%,.0f squarings/s, %d:%02d:%02d left",
                squaringsPerSecond,
                wait.toHours(),
                wait.toMinutesPart(),
                wait.toSecondsPart());
    }
}
