// SPDX-License-Identifier: Apache-2.0
package net.statemesh.vdf;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** One test for each line of each vector file; a file whose name begins with {@code chia} is of chiavdf's dialect. */
@Tag("conformance")
class VectorsTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Map<String, Discriminant> discriminants = new HashMap<>();

    @TestFactory
    Stream<DynamicTest> lines() throws IOException {
        Path folder = Path.of(System.getProperty("statemesh.vectors"), "vdf");
        if (!Files.isDirectory(folder)) {
            System.out.println("vdf: no folder " + folder + ", so no vectors of Time Tower proofs in this run");
            return Stream.empty();
        }
        List<DynamicTest> tests = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".jsonl")).sorted().toList()) {
                boolean chia = file.getFileName().toString().startsWith("chia");
                List<String> lines = Files.readAllLines(file);
                for (int i = 0; i < lines.size(); i++) {
                    if (!lines.get(i).isBlank()) {
                        JsonNode line = JSON.readTree(lines.get(i));
                        String name = file.getFileName() + ":" + (i + 1) + " "
                                + line.path("t").asText() + " "
                                + line.path("kind").asText();
                        tests.add(DynamicTest.dynamicTest(name, () -> check(line, chia)));
                    }
                }
            }
        }
        return tests.stream();
    }

    private void check(JsonNode line, boolean chia) {
        String type = line.get("t").asText();
        switch (type) {
            case "disc" -> checkDiscriminant(line, chia);
            case "group" -> checkGroup(line);
            case "hashPrime" ->
                assertThat(GoDialect.hashToPrime(bytes(line, "x"), bytes(line, "y")))
                        .isEqualTo(number(line.get("B")));
            case "proof" -> checkProof(line, chia);
            case "invalid" -> checkInvalid(line, chia);
            default -> throw new AssertionError("a vector of type '" + type + "' is not known here");
        }
    }

    private void checkDiscriminant(JsonNode line, boolean chia) {
        Discriminant d = discriminant(line, chia);
        assertThat(d.absolute()).isEqualTo(number(line.get("negD")));
        if (line.has("bitlen")) {
            assertThat(d.bits()).isEqualTo(line.get("bitlen").asInt());
        }
    }

    private static void checkGroup(JsonNode line) {
        Discriminant d = Discriminant.of(number(line.get("negD")));
        Form x = form(d, line.get("x"));
        Form y = form(d, line.get("y"));
        assertThat(GoDialect.serialise(d, x)).isEqualTo(bytes(line, "ser"));
        assertThat(GoDialect.parse(d, bytes(line, "ser"))).contains(x);
        for (Backend backend : Backends.available()) {
            ClassGroup group = new ClassGroup(d, backend);
            assertThat(group.square(x, 1)).isEqualTo(form(d, line.get("xSquared")));
            assertThat(group.multiply(x, x)).isEqualTo(form(d, line.get("xSquared")));
            assertThat(group.multiply(x, y)).isEqualTo(form(d, line.get("xTimesY")));
            assertThat(group.power(x, BigInteger.valueOf(line.get("exp").asLong())))
                    .isEqualTo(form(d, line.get("xPowExp")));
        }
    }

    private void checkProof(JsonNode line, boolean chia) {
        Discriminant d = discriminant(line, chia);
        long squarings = line.get("T").asLong();
        byte[] blob = chia ? bytes(line, "yPi") : concat(bytes(line, "y"), bytes(line, "pi"));
        BigInteger challenge = number(line.get("B"));
        Form x = d.generator();
        assertThat(serialise(d, x, chia)).isEqualTo(bytes(line, "x"));
        for (Backend backend : Backends.available()) {
            Evaluation evaluation = Evaluation.start(new Statement(d, x, squarings, new byte[] {1}), backend);
            evaluation.advance(squarings);
            byte[] y = serialise(d, evaluation.value(), chia);
            assertThat(chia ? ChiaDialect.challenge(bytes(line, "x"), y) : GoDialect.hashToPrime(bytes(line, "x"), y))
                    .isEqualTo(challenge);
            QuotientPower power = evaluation.quotientPower(challenge);
            power.advance(Long.MAX_VALUE);
            Form pi = power.result().toForm();
            assertThat(concat(y, serialise(d, pi, chia))).isEqualTo(blob);
            assertThat(verify(d, squarings, blob, chia, backend))
                    .isEqualTo(line.get("valid").asBoolean());
            if (line.get("y").isObject()) {
                assertThat(evaluation.value()).isEqualTo(form(d, line.get("y")));
                assertThat(pi).isEqualTo(form(d, line.get("pi")));
            }
        }
    }

    private void checkInvalid(JsonNode line, boolean chia) {
        Discriminant d = discriminant(line, chia);
        byte[] blob = bytes(line, chia ? "yPi" : "blob");
        for (Backend backend : Backends.available()) {
            assertThat(verify(d, line.get("T").asLong(), blob, chia, backend)).isFalse();
        }
    }

    private Discriminant discriminant(JsonNode line, boolean chia) {
        String seed = line.get("seed").asText();
        int bits = line.get("bits").asInt();
        return discriminants.computeIfAbsent(
                chia + " " + seed + " " + bits,
                key -> chia
                        ? ChiaDialect.discriminant(HexFormat.of().parseHex(seed), bits)
                        : Discriminant.fromSeed(HexFormat.of().parseHex(seed), bits));
    }

    private static boolean verify(Discriminant d, long squarings, byte[] blob, boolean chia, Backend backend) {
        return chia ? ChiaDialect.verify(d, squarings, blob, backend) : GoDialect.verify(d, squarings, blob, backend);
    }

    private static byte[] serialise(Discriminant d, Form f, boolean chia) {
        return chia ? ChiaDialect.serialise(d, f) : GoDialect.serialise(d, f);
    }

    private static Form form(Discriminant d, JsonNode ends) {
        return GoDialect.form(d, number(ends.get("a")), number(ends.get("b"))).orElseThrow();
    }

    private static BigInteger number(JsonNode hex) {
        return new BigInteger(hex.asText(), 16);
    }

    private static byte[] bytes(JsonNode line, String field) {
        return HexFormat.of().parseHex(line.get(field).asText());
    }

    private static byte[] concat(byte[] x, byte[] y) {
        byte[] both = java.util.Arrays.copyOf(x, x.length + y.length);
        System.arraycopy(y, 0, both, x.length, y.length);
        return both;
    }
}
