// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.vdf;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import net.statemesh.api.error.StateMeshException;
import net.statemesh.cli.Session;
import net.statemesh.cli.output.Format;
import net.statemesh.cli.output.OutputOption;
import net.statemesh.vdf.Backend;
import net.statemesh.vdf.Discriminant;
import net.statemesh.vdf.Evaluation;
import net.statemesh.vdf.Statement;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code statemesh vdf bench}. */
@Command(mixinStandardHelpOptions = true)
final class BenchCommand implements Callable<Integer> {
    private static final byte[] SEED = "statemesh vdf bench".getBytes(StandardCharsets.US_ASCII);
    private static final int STEP = 256;
    private static final int MAX_SECONDS = 600;

    private record Measured(Backend backend, double squaringsPerSecond) {}

    private final Session session;

    @Mixin
    private final OutputOption output = new OutputOption();

    @Option(
            names = "--bits",
            defaultValue = "2048",
            paramLabel = "N",
            description = "Length of the discriminant (default: ${DEFAULT-VALUE}).")
    private int bits;

    @Option(
            names = "--seconds",
            defaultValue = "3",
            paramLabel = "N",
            description = "How long each back end is measured, after as long a warm-up (default: ${DEFAULT-VALUE}).")
    private int seconds;

    BenchCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        if (seconds < 1 || seconds > MAX_SECONDS) {
            throw new StateMeshException(
                    VdfErrors.STATEMENT,
                    "--seconds is " + seconds + "; 1 to " + MAX_SECONDS + " are accepted.",
                    List.of(),
                    List.of("--seconds 3"));
        }
        Discriminant discriminant = discriminant();
        List<Measured> all = Stream.of(Backend.values())
                .filter(Backend::isAvailable)
                .map(backend -> measure(discriminant, backend))
                .toList();
        if (output.format() == Format.JSON) {
            ObjectNode document = new ObjectMapper().createObjectNode();
            document.put("discriminantBits", bits);
            document.put("fastest", Backend.fastest().name());
            ArrayNode list = document.putArray("backends");
            all.forEach(m -> list.addObject()
                    .put("backend", m.backend().name())
                    .put("squaringsPerSecond", Math.round(m.squaringsPerSecond())));
            session.console().result(document.toPrettyString());
        } else {
            all.forEach(m -> session.console()
                    .result(String.format(
                            Locale.ROOT,
                            "%-26s %,9.0f squarings/s at %d bits%s",
                            m.backend().title(),
                            m.squaringsPerSecond(),
                            bits,
                            m.backend() == Backend.fastest() ? "  (used)" : "")));
        }
        return 0;
    }

    private Discriminant discriminant() {
        try {
            return Discriminant.fromSeed(SEED, bits);
        } catch (IllegalArgumentException e) {
            throw new StateMeshException(
                    VdfErrors.STATEMENT, "--bits: " + e.getMessage() + ".", List.of(), List.of("--bits 2048"), e);
        }
    }

    private Measured measure(Discriminant discriminant, Backend backend) {
        session.console().progress("measuring " + backend.title());
        Evaluation evaluation = Evaluation.start(
                new Statement(discriminant, discriminant.generator(), Statement.MAX_SQUARINGS, SEED), backend);
        squareFor(evaluation);
        long squarings = evaluation.position();
        long start = System.nanoTime();
        squareFor(evaluation);
        double elapsedSeconds = (System.nanoTime() - start) / 1e9;
        return new Measured(backend, (evaluation.position() - squarings) / elapsedSeconds);
    }

    private void squareFor(Evaluation evaluation) {
        long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
        while (System.nanoTime() - end < 0) {
            evaluation.advance(STEP);
        }
    }
}
