// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.vdf;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import net.statemesh.api.error.StateMeshException;
import net.statemesh.cli.Session;
import net.statemesh.cli.output.Format;
import net.statemesh.cli.output.OutputOption;
import net.statemesh.vdf.Backend;
import net.statemesh.vdf.ClassGroup;
import net.statemesh.vdf.Statement;
import net.statemesh.vdf.Verifier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code statemesh vdf verify}. */
@Command(mixinStandardHelpOptions = true)
final class VerifyCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private final StatementOptions options = new StatementOptions();

    @Mixin
    private final BackendOption backend = new BackendOption();

    @Mixin
    private final OutputOption output = new OutputOption();

    @Parameters(paramLabel = "FILE", description = "The proof.")
    private Path file = Path.of("");

    VerifyCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        byte[] proof = read();
        Statement statement = options.statement();
        Backend used = backend.backend();
        Verifier verifier = new Verifier(new ClassGroup(statement.discriminant(), used));
        long start = System.nanoTime();
        boolean valid = verifier.verify(statement, proof);
        double millis = (System.nanoTime() - start) / 1e6;
        if (!valid) {
            throw new StateMeshException(
                    VdfErrors.INVALID_PROOF,
                    file + " does not prove this statement.",
                    List.of(
                            proof.length + " bytes",
                            statement.squarings() + " squarings, "
                                    + statement.discriminant().bits() + " bits"),
                    List.of("seed, bits, squarings and key must be those of the proof"));
        }
        show(statement, used, millis);
        return 0;
    }

    private void show(Statement statement, Backend used, double millis) {
        if (output.format() == Format.JSON) {
            ObjectNode document = new ObjectMapper().createObjectNode();
            document.put("valid", true);
            document.put("backend", used.name());
            document.put("milliseconds", millis);
            session.console().result(document.toPrettyString());
        } else {
            session.console()
                    .result(String.format(
                            Locale.ROOT,
                            "valid: %,d squarings at %d bits, checked in %.1f ms, %s",
                            statement.squarings(),
                            statement.discriminant().bits(),
                            millis,
                            used.title()));
        }
    }

    /** A proof is short: what is longer than any proof is read no further. */
    private byte[] read() {
        try (var in = Files.newInputStream(file)) {
            return in.readNBytes(Verifier.MAX_PROOF_BYTES + 1);
        } catch (IOException e) {
            throw CheckpointFile.failure("read", file, e);
        }
    }
}
