// SPDX-License-Identifier: Apache-2.0
package net.statemesh.ingress.http1;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Random messages; a failure names its seed. */
@Tag("property")
class ParserFuzzTest {
    private static final int SEEDS = 5_000;
    private static final String[] NAMES = {"Content-Length", "Transfer-Encoding", "X", "Connection", "Host"};
    private static final String[] VALUES = {"chunked", "5", "0", "close", "a, b", "5,5", "\u00ff", ""};
    private static final String[] NOISE = {"\r\n", "\n", "\r", " ", "\t", ":", "\0", "\u007f", ";", "GET / HTTP/1.1\r\n"
    };

    @Test
    void controlScanAgreesWithALoop() {
        for (int seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            byte[] bytes = new byte[random.nextInt(40)];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) (random.nextInt(12) == 0 ? random.nextInt(256) : 0x20 + random.nextInt(0xe0));
            }
            int from = bytes.length == 0 ? 0 : random.nextInt(bytes.length);
            int expected = from;
            while (expected < bytes.length && (bytes[expected] & 0xff) >= 0x20 && bytes[expected] != 0x7f) {
                expected++;
            }

            assertThat(ControlScan.next(bytes, from, bytes.length))
                    .as("seed %d", seed)
                    .isEqualTo(expected);
        }
    }

    @Test
    void whatFollowsDoesNotChangeWhatWasParsed() {
        for (int seed = 0; seed < SEEDS; seed++) {
            byte[] bytes = message(new Random(seed));
            RequestHead whole = new RequestHead(16);
            int end = whole.parse(bytes, 0, bytes.length);
            for (int length = 0; length < bytes.length; length++) {
                RequestHead part = new RequestHead(16);
                int partEnd = part.parse(bytes, 0, length);
                if (partEnd == Fields.REFUSED) {
                    assertThat(end).as("seed %d: refused stays refused", seed).isEqualTo(Fields.REFUSED);
                    assertThat(part.refusal()).as("seed %d", seed).isEqualTo(whole.refusal());
                } else if (partEnd != Fields.INCOMPLETE) {
                    assertThat(partEnd)
                            .as("seed %d: the end is where it is", seed)
                            .isEqualTo(end);
                }
            }
        }
    }

    @Test
    void acceptedHeadsHaveOneReading() {
        int accepted = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            byte[] bytes = message(new Random(seed));
            RequestHead head = new RequestHead(16);
            int end = head.parse(bytes, 0, bytes.length);
            if (end > 0) {
                accepted++;
                String text = new String(bytes, 0, end, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
                int lengths = text.split("\r\ncontent-length:", -1).length - 1;
                int encodings = text.split("\r\ntransfer-encoding:", -1).length - 1;
                assertThat(text.replace("\r\n", "")).as("seed %d", seed).doesNotContain("\n", "\r", "\0");
                assertThat(lengths + encodings).as("seed %d", seed).isLessThanOrEqualTo(1);
                assertThat(head.isChunked()).as("seed %d", seed).isEqualTo(encodings == 1);
                assertThat(head.contentLength() != MessageHead.NO_LENGTH)
                        .as("seed %d", seed)
                        .isEqualTo(lengths == 1);
            }
        }
        assertThat(accepted).as("the generator makes good messages too").isGreaterThan(SEEDS / 50);
    }

    @Test
    void chunkedBodiesReadTheSameInAnyPieces() {
        for (int seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            byte[] bytes = chunked(random);
            StringBuilder wholeContent = new StringBuilder();
            StringBuilder partContent = new StringBuilder();
            ChunkedBody whole = new ChunkedBody();
            int end = advance(whole, bytes, 0, bytes.length, wholeContent);

            ChunkedBody parts = new ChunkedBody();
            int at = 0;
            int taken = 0;
            while (at < bytes.length && taken >= 0 && !parts.isFinished()) {
                taken = advance(parts, bytes, at, at + 1 + random.nextInt(bytes.length - at), partContent);
                at += Math.max(taken, 0);
            }

            assertThat(taken < 0).as("seed %d", seed).isEqualTo(end < 0);
            assertThat(parts.isFinished()).as("seed %d", seed).isEqualTo(whole.isFinished());
            if (end >= 0) {
                assertThat(at).as("seed %d", seed).isEqualTo(end);
                assertThat(partContent.toString()).as("seed %d", seed).isEqualTo(wholeContent.toString());
            }
        }
    }

    private static int advance(ChunkedBody body, byte[] bytes, int from, int to, StringBuilder content) {
        ByteBuf buffer = Unpooled.wrappedBuffer(bytes);
        return body.advance(
                buffer,
                from,
                to,
                (source, at, length) -> content.append(source.toString(at, length, StandardCharsets.ISO_8859_1)));
    }

    private static byte[] message(Random random) {
        StringBuilder text = new StringBuilder("POST / HTTP/1.1\r\nHost: a\r\n");
        for (int lines = random.nextInt(4); lines > 0; lines--) {
            text.append(pick(random, NAMES))
                    .append(": ")
                    .append(pick(random, VALUES))
                    .append("\r\n");
        }
        text.append("\r\n");
        if (random.nextInt(2) == 0) {
            text.insert(random.nextInt(text.length()), pick(random, NOISE));
        }
        return Ascii.bytes(text.toString());
    }

    private static byte[] chunked(Random random) {
        StringBuilder text = new StringBuilder();
        for (int chunks = random.nextInt(4); chunks > 0; chunks--) {
            int length = 1 + random.nextInt(40);
            text.append(Integer.toHexString(length))
                    .append(random.nextInt(4) == 0 ? ";e=1" : "")
                    .append("\r\n");
            text.append("d".repeat(length)).append("\r\n");
        }
        text.append("0\r\n").append(random.nextBoolean() ? "T: v\r\n" : "").append("\r\nnext");
        if (random.nextInt(3) == 0) {
            text.insert(random.nextInt(text.length()), pick(random, NOISE));
        }
        return Ascii.bytes(text.toString());
    }

    private static String pick(Random random, String[] choices) {
        return choices[random.nextInt(choices.length)];
    }
}
