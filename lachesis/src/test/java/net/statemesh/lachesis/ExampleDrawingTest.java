// SPDX-License-Identifier: Apache-2.0
package net.statemesh.lachesis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * The drawing in {@code docs/lachesis.md} is what a run gives. After a change of the rules write it anew with
 * {@code ./build mvn test -pl lachesis -Dtest=ExampleDrawingTest -Dstatemesh.drawing=write}.
 */
class ExampleDrawingTest {
    private static final String BEGIN = "<!-- drawn by ExampleDrawingTest -->\n```\n";
    private static final String END = "```\n<!-- end -->";

    @Test
    void drawingInTheDocumentIsThatOfARun() throws IOException {
        Path document = Path.of(System.getProperty("statemesh.root"), "docs", "lachesis.md");
        String text = Files.readString(document);
        int begin = text.indexOf(BEGIN) + BEGIN.length();
        int end = text.indexOf(END);
        String drawing = ExampleDrawing.draw();
        if ("write".equals(System.getProperty("statemesh.drawing"))) {
            Files.writeString(document, text.substring(0, begin) + drawing + text.substring(end));
        } else {
            assertThat(text.substring(begin, end)).isEqualTo(drawing);
        }
    }
}
