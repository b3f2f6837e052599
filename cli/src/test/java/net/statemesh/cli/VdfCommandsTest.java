// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VdfCommandsTest {
    @TempDir
    Path home;

    private Path proof;

    @BeforeEach
    void nameTheProof() {
        proof = home.resolve("tower.vdf");
    }

    @Test
    void provesAndVerifies() throws IOException {
        CommandRun proved = run("prove", "2000", "--out", proof.toString(), "-o", "json");
        assertThat(proved.exitCode()).as(proved.err()).isZero();
        JsonNode document = new ObjectMapper().readTree(proved.out());
        assertThat(document.get("squarings").asLong()).isEqualTo(2000);
        assertThat(document.get("bytes").asLong()).isEqualTo(Files.size(proof));
        assertThat(document.get("backend").asText()).isIn("HYBRID", "JAVA");
        assertThat(home.resolve("tower.vdf.checkpoint")).doesNotExist();
        CommandRun verified = run("verify", "2000", proof.toString());
        assertThat(verified.exitCode()).as(verified.err()).isZero();
        assertThat(verified.out()).startsWith("valid");
    }

    @Test
    void proofOfSomethingElseIsRefused() {
        run("prove", "2000", "--out", proof.toString());
        CommandRun verified = run("verify", "2001", proof.toString());
        assertThat(verified.exitCode()).isEqualTo(1);
        assertThat(verified.err()).contains("SM-VDF-002", "does not prove");
        assertThat(verified.out()).isEmpty();
    }

    @Test
    void anotherKeyCannotClaimTheProof() {
        run("prove", "2000", "--out", proof.toString(), "--key", "0x01");
        assertThat(run("verify", "2000", proof.toString(), "--key", "0x02").exitCode())
                .isEqualTo(1);
    }

    @Test
    void badInputIsNamed() {
        CommandRun run = run("prove", "0", "--out", proof.toString());
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("SM-VDF-001", "squarings is 0", "1 to");
        assertThat(run("prove", "10", "--key", "0xZZ").err()).contains("--key 0xZZ");
        assertThat(run("verify", "10", home.resolve("none").toString()).err()).contains("SM-VDF-004");
        assertThat(proof).doesNotExist();
    }

    @Test
    void benchShowsEveryBackEndAndWhichOneIsUsed() throws IOException {
        CommandRun run = CommandRun.of(
                home, Map.of(), List.of(), "vdf", "bench", "--bits", "64", "--seconds", "1", "-o", "json");
        assertThat(run.exitCode()).as(run.err()).isZero();
        JsonNode document = new ObjectMapper().readTree(run.out());
        assertThat(document.get("backends").findValuesAsText("backend")).contains("JAVA");
        assertThat(document.get("fastest").asText()).isIn("HYBRID", "JAVA");
    }

    private CommandRun run(String verb, String squarings, String... more) {
        String[] head = {"vdf", verb, "--seed", "a test", "--bits", "128", "--squarings", squarings};
        String[] all = new String[head.length + more.length];
        System.arraycopy(head, 0, all, 0, head.length);
        System.arraycopy(more, 0, all, head.length, more.length);
        return CommandRun.of(home, Map.of(), List.of(), all);
    }
}
