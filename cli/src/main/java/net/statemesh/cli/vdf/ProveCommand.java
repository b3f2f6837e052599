// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.vdf;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import net.statemesh.api.error.StateMeshException;
import net.statemesh.cli.Session;
import net.statemesh.cli.output.ErrorPage;
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
@Command(
        description = "Ctrl-C keeps a checkpoint (exit code 130); the same command goes on from it.",
        mixinStandardHelpOptions = true)
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
            session.console()
                    .progress(String.format(
                            Locale.ROOT, "going on from %,d squarings in %s", evaluation.position(), file.path()));
        }
        session.console()
                .progress(String.format(
                        Locale.ROOT,
                        "%,d squarings at %d bits, %s",
                        statement.squarings(),
                        statement.discriminant().bits(),
                        evaluation.backend().title()));
        try (StopRequest stop = new StopRequest()) {
            return proveUnlessStopped(evaluation, file, new ProofRun(file, progress, stop, System::nanoTime));
        }
    }

    /** A stop is reported here: the process ends as soon as the request is closed, before anybody else could report it. */
    private int proveUnlessStopped(Evaluation evaluation, CheckpointFile file, ProofRun run) {
        try {
            prove(evaluation, file, run);
            return 0;
        } catch (StateMeshException stopped) {
            if (!stopped.code().equals(VdfErrors.INTERRUPTED)) {
                throw stopped;
            }
            var environment = session.environment();
            if (output.format() == Format.JSON) {
                environment.out().println(ErrorPage.json(stopped));
            }
            environment.err().print(ErrorPage.text(stopped, environment.colours()));
            environment.err().flush();
            return stopped.code().kind().exitCode();
        }
    }

    private void prove(Evaluation evaluation, CheckpointFile file, ProofRun run) {
        long start = System.nanoTime();
        byte[] proof = run.proof(evaluation);
        double seconds = (System.nanoTime() - start) / 1e9;
        Statement statement = evaluation.statement();
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
                            Locale.ROOT,
                            "%s  %d bytes, %,d squarings in %.1f s, %s",
                            out,
                            proof.length,
                            statement.squarings(),
                            seconds,
                            used.title()));
        }
    }
}
