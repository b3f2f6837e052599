// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.apps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.statemesh.api.error.StateMeshException;
import org.junit.jupiter.api.Test;

class CountedInputTest {
    @Test
    void commandSeesItsInputAndTheEndOfItOnAnOpenStream() throws Exception {
        byte[] text = "two words\n".repeat(20_000).getBytes(StandardCharsets.UTF_8);
        try (CountedInput input = CountedInput.of(out -> out.write(text))) {
            Process process = new ProcessBuilder(input.commandFor(List.of("wc", "-c", "--", "-"))).start();
            input.open().transferTo(process.getOutputStream());
            process.getOutputStream().flush(); // and not closed
            assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith(Integer.toString(text.length));
            assertThat(process.waitFor()).isZero();
        }
    }

    @Test
    void exitCodeIsThatOfTheCommand() throws Exception {
        try (CountedInput input = CountedInput.of(out -> {})) {
            Process process = new ProcessBuilder(input.commandFor(List.of("sh", "-c", "exit 7"))).start();
            assertThat(process.waitFor()).isEqualTo(7);
        }
    }

    @Test
    void inputThatCannotBeReadIsToldBeforeAnythingIsSent() {
        assertThatThrownBy(() -> CountedInput.of(out -> {
                    throw new IOException("disk on fire");
                }))
                .isInstanceOfSatisfying(
                        StateMeshException.class,
                        failure -> assertThat(failure.evidence())
                                .anySatisfy(line -> assertThat(line).contains("disk on fire")));
    }
}
