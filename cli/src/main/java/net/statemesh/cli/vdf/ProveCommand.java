// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.vdf;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import net.statemesh.api.error.StateMeshException;
import net.statemesh.cli.Session;
import net.statemesh.cli.output.Format;
import net.statemesh.cli.output.OutputOption;
import net.statemesh.vdf.Backend;
import net.statemesh.vdf.Evaluation;
import net.statemesh.vdf.Statement;
import net.statemesh.vdf.Verifier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code statemesh vdf prove}. */
@Command(description = "Ctrl-C keeps a checkpoint; the same command goes on from it.", mixinStandardHelpOptions = true)
final class ProveCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private final StatementOptions options = new StatementOptions();

    @Mixin
    private final BackendOption backend = new BackendOption();

    @Mixin
    private final OutputOption output = new OutputOption();

    @Option(
            names = "--out",
            defaultValue = "proof.vdf",
            paramLabel = "FILE",
            description = "Where the proof goes (default: ${DEFAULT-VALUE}).")
    private Path out = Path.of("");

    @Option(
            names = "--checkpoint",
            paramLabel = "FILE",
            description = "Where a half-done evaluation waits (default: the proof's name with .checkpoint).")
    @Nullable
    private Path checkpoint;

    ProveCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Statement statement = options.statement();
        CheckpointFile file = new CheckpointFile(
                checkpoint == null ? out.resolveSibling(out.getFileName() + ".checkpoint") : checkpoint);
        Evaluation evaluation = file.open(statement, backend.backend());
        var environment = session.environment();
        ProgressLine progress = new ProgressLine(
                environment.err(),
                environment.errIsTerminal(),
                session.options().quiet());
        if (evaluation.position() > 0) {
            session.console().progress("going on from " + evaluation.position() + " squarings in " + file.path());
        }
        long start = System.nanoTime();
        byte[] proof;
        try (StopRequest stop = new StopRequest()) {
            proof = new ProofRun(file, progress, stop, System::nanoTime).proof(evaluation);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        if (!new Verifier(statement.discriminant()).verify(statement, proof)) {
            throw new StateMeshException(
                    VdfErrors.SELF_CHECK,
                    "The proof that was just made does not verify, so it was not written.",
                    List.of("checkpoint " + file.path()),
                    List.of("remove the checkpoint and run again", "check this machine's memory"));
        }
        CheckpointFile.write(out, proof);
        file.remove();
        show(statement, proof, seconds, evaluation.backend());
        return 0;
    }

    private void show(Statement statement, byte[] proof, double seconds, Backend used) {
        if (output.format() == Format.JSON) {
            ObjectNode document = new ObjectMapper().createObjectNode();
            document.put("proof", out.toString());
            document.put("bytes", proof.length);
            document.put("squarings", statement.squarings());
            document.put("discriminantBits", statement.discriminant().bits());
            document.put("backend", used.name());
            document.put("seconds", seconds);
            session.console().result(document.toPrettyString());
        } else {
            session.console()
                    .result(String.format(
                            java.util.Locale.ROOT,
                            "%s  %d bytes, %,d squarings in %.1f s, %s",
                            out,
                            proof.length,
                            statement.squarings(),
                            seconds,
                            used.title()));
        }
    }
}
