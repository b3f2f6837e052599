// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.vdf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import net.statemesh.api.error.StateMeshException;
import net.statemesh.vdf.Backend;
import net.statemesh.vdf.Discriminant;
import net.statemesh.vdf.Evaluation;
import net.statemesh.vdf.Statement;
import net.statemesh.vdf.Verifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProofRunTest {
    private static final Discriminant DISCRIMINANT = Discriminant.fromSeed(new byte[] {3}, 128);
    private static final Statement STATEMENT =
            new Statement(DISCRIMINANT, DISCRIMINANT.generator(), 3000, new byte[] {1, 2});

    @TempDir
    Path folder;

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final AtomicLong steps = new AtomicLong();

    @Test
    void stoppedRunLeavesACheckpointFromWhichTheSameProofComes() {
        CheckpointFile file = new CheckpointFile(folder.resolve("run.checkpoint"));
        Evaluation first = file.open(STATEMENT, Backend.JAVA);
        assertThatExceptionOfType(StateMeshException.class)
                .isThrownBy(() -> run(file, 4).proof(first))
                .satisfies(e -> assertThat(e.code()).isEqualTo(VdfErrors.INTERRUPTED));
        Evaluation second = file.open(STATEMENT, Backend.JAVA);
        assertThat(second.position()).isEqualTo(first.position()).isPositive();
        byte[] proof = run(file, Long.MAX_VALUE).proof(second);
        assertThat(new Verifier(DISCRIMINANT).verify(STATEMENT, proof)).isTrue();
        Evaluation whole = Evaluation.start(STATEMENT, Backend.JAVA);
        whole.advance(3000);
        assertThat(proof).isEqualTo(whole.prove().finish());
    }

    @Test
    void stopDuringTheProofKeepsTheWholeEvaluation() {
        CheckpointFile file = new CheckpointFile(folder.resolve("run.checkpoint"));
        Evaluation evaluation = file.open(STATEMENT, Backend.JAVA);
        evaluation.advance(3000);
        assertThatExceptionOfType(StateMeshException.class)
                .isThrownBy(() -> run(file, 0).proof(evaluation));
        assertThat(file.open(STATEMENT, Backend.JAVA).isDone()).isTrue();
    }

    @Test
    void damagedCheckpointIsNamedAndKept() throws IOException {
        Path path = folder.resolve("run.checkpoint");
        Files.writeString(path, "not a checkpoint");
        CheckpointFile file = new CheckpointFile(path);
        assertThatExceptionOfType(StateMeshException.class)
                .isThrownBy(() -> file.open(STATEMENT, Backend.JAVA))
                .withMessageContaining(path.toString());
        assertThat(path).hasContent("not a checkpoint");
    }

    @Test
    void progressIsPlainLinesWhereNobodyLooks() {
        CheckpointFile file = new CheckpointFile(folder.resolve("run.checkpoint"));
        run(file, Long.MAX_VALUE).proof(file.open(STATEMENT, Backend.JAVA));
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("evaluating 100 %", "proving    100 %", "squarings/s")
                .doesNotContain("\r");
    }

    private ProofRun run(CheckpointFile file, long stopAfterSteps) {
        PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
        AtomicLong clock = new AtomicLong();
        steps.set(0);
        return new ProofRun(
                file,
                new ProgressLine(stream, false, false),
                () -> steps.getAndIncrement() >= stopAfterSteps,
                () -> clock.addAndGet(150_000_000));
    }
}
