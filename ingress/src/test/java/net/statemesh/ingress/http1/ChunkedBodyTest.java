// SPDX-License-Identifier: Apache-2.0
package net.statemesh.ingress.http1;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChunkedBodyTest {
    private final ChunkedBody body = new ChunkedBody();
    private final StringBuilder content = new StringBuilder();

    @Test
    void endIsFoundAndWhatFollowsIsLeft() {
        String text = "3\r\nabc\r\nA;x=\"y\"\r\n0123456789\r\n0\r\n\r\n";

        assertThat(advance(text + "GET /")).isEqualTo(text.length());
        assertThat(body.isFinished()).isTrue();
        assertThat(content).hasToString("abc0123456789");
        assertThat(body.trailers()).isNull();
    }

    @Test
    void trailersAreRead() {
        advance("0\r\nGrpc-Status: 0\r\nX: y\r\n\r\n");

        assertThat(body.isFinished()).isTrue();
        assertThat(body.trailers().count()).isEqualTo(2);
        assertThat(body.trailers().nameText(0)).isEqualTo("Grpc-Status");
        assertThat(body.trailers().valueText(1)).isEqualTo("y");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "!|BAD_CHUNK",
                "g~|BAD_CHUNK",
                "0x3~abc~|BAD_CHUNK",
                "-3~|BAD_CHUNK",
                "+3~|BAD_CHUNK",
                " 3~|BAD_CHUNK",
                "3 ~abc~|BAD_CHUNK",
                "3!abc~|BAD_CHUNK",
                "3^~|BAD_CHUNK",
                "3~abcd~|BAD_CHUNK",
                "3~abc!|BAD_CHUNK",
                "3;a!b~|BAD_CHUNK",
                "fffffffffffffffff~|BAD_CHUNK",
                "0~X : y~~|BAD_TRAILER",
                "0~X: y!~|BAD_TRAILER",
                "0~!|BAD_TRAILER",
                "0~ folded: y~~|BAD_TRAILER",
                "0~Content-Length: 5~~|BAD_TRAILER",
                "0~Transfer-Encoding: chunked~~|BAD_TRAILER",
                "0~Host: x~~|BAD_TRAILER",
                "0~X-Forwarded-For: x~~|BAD_TRAILER"
            })
    void malformedBodiesAreRefused(String text, Refusal reason) {
        assertThat(advance(text.replace("~", "\r\n").replace("!", "\n").replace("^", "\r")))
                .isEqualTo(-1);
        assertThat(body.refusal()).isEqualTo(reason);
    }

    @Test
    void linesWithoutEndAreRefused() {
        assertThat(advance("3;" + "x".repeat(300))).isEqualTo(-1);
        body.reset();
        assertThat(advance("0\r\n" + "X: y\r\n".repeat(2000))).isEqualTo(-1);
    }

    @Test
    void bodyIsReusableAfterReset() {
        advance("0\r\nA: b\r\n\r\n");
        body.reset();
        advance("2\r\nok\r\n0\r\n\r\n");

        assertThat(body.isFinished()).isTrue();
        assertThat(body.trailers()).isNull();
        assertThat(content).hasToString("ok");
    }

    private int advance(String text) {
        ByteBuf bytes = Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1);
        return body.advance(
                bytes,
                0,
                bytes.readableBytes(),
                (source, from, length) -> content.append(source.toString(from, length, StandardCharsets.ISO_8859_1)));
    }
}
