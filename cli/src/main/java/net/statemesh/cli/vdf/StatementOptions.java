// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.vdf;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import net.statemesh.api.error.StateMeshException;
import net.statemesh.vdf.Discriminant;
import net.statemesh.vdf.Statement;
import picocli.CommandLine.Option;

/** Mixin: what is to be proved or verified. */
final class StatementOptions {
    private static final String HEX_PREFIX = "0x";

    @Option(
            names = "--seed",
            required = true,
            paramLabel = "SEED",
            description = "Seed of the discriminant: text, or bytes as 0x…")
    private String seed = "";

    @Option(
            names = "--squarings",
            required = true,
            paramLabel = "T",
            description = "How many squarings, one after the other.")
    private long squarings;

    @Option(
            names = "--bits",
            defaultValue = "2048",
            paramLabel = "N",
            description = "Length of the discriminant (default: ${DEFAULT-VALUE}).")
    private int bits;

    @Option(
            names = "--key",
            defaultValue = "unclaimed",
            paramLabel = "KEY",
            description = "Key that claims the proof: text, or bytes as 0x… (default: ${DEFAULT-VALUE}).")
    private String key = "";

    /** The discriminant's generator, squared so often, claimed by the key. */
    Statement statement() {
        try {
            Discriminant discriminant = Discriminant.fromSeed(bytes("--seed", seed), bits);
            return new Statement(discriminant, discriminant.generator(), squarings, bytes("--key", key));
        } catch (IllegalArgumentException e) {
            throw new StateMeshException(
                    VdfErrors.STATEMENT,
                    "This cannot be proved or verified: " + e.getMessage() + ".",
                    List.of("--squarings " + squarings + " --bits " + bits),
                    List.of("--bits 2048 --squarings 1000000"),
                    e);
        }
    }

    private static byte[] bytes(String option, String value) {
        if (!value.startsWith(HEX_PREFIX)) {
            return value.getBytes(StandardCharsets.UTF_8);
        }
        try {
            return HexFormat.of().parseHex(value.substring(HEX_PREFIX.length()));
        } catch (IllegalArgumentException e) {
            throw new StateMeshException(
                    VdfErrors.STATEMENT,
                    option + " " + value + " is not hexadecimal: after 0x come pairs of digits 0-9, a-f.",
                    List.of(),
                    List.of(option + " 0x00ff", option + " 'any text'"),
                    e);
        }
    }
}
