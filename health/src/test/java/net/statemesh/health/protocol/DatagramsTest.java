// SPDX-License-Identifier: Apache-2.0
package net.statemesh.health.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DatagramsTest {
    private static final int SENDER = 3;
    private static final int RECEIVER = 4;
    private final DatagramKey zone = new DatagramKey(new byte[DatagramKey.KEY_BYTES]);
    private final DatagramKey pair = new DatagramKey(zone.pair(SENDER, RECEIVER));

    static Stream<Message> messages() {
        return Stream.of(
                new Message.Heartbeat(1, 2, true, List.of(new Sighting(5, 100), new Sighting(6, 0))),
                new Message.Heartbeat(
                        Long.MAX_VALUE,
                        Long.MAX_VALUE,
                        false,
                        Collections.nCopies(Message.MAX_SIGHTINGS, new Sighting(Integer.MAX_VALUE, Integer.MAX_VALUE))),
                new Message.Grant(8, 9),
                new Message.PeerHeartbeat(10, 11),
                new Message.PeerGrant(12),
                new Message.ProbeRequest(13, 14),
                new Message.Ping(15),
                new Message.PingAnswer(16),
                new Message.ProbeReport(17, 18, Reached.MACHINE),
                new Message.Hello(19));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void whatIsWrittenIsReadAgain(Message message) {
        byte[] bytes = encoded(message);
        assertThat(bytes).hasSizeLessThanOrEqualTo(Datagrams.MAX_BYTES);
        assertThat(decode(bytes)).contains(envelope(message));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void aChangedBitOrAMissingByteMakesItNothing(Message message) {
        byte[] bytes = encoded(message);
        for (int bit = 0; bit < bytes.length * Byte.SIZE; bit++) {
            byte[] changed = bytes.clone();
            changed[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            assertThat(decode(changed)).as("bit %d", bit).isEmpty();
        }
        for (int length = 0; length < bytes.length; length++) {
            assertThat(decode(Arrays.copyOf(bytes, length))).isEmpty();
        }
    }

    @Test
    void garbageIsNothing() {
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(2 * Datagrams.MAX_BYTES)];
            random.nextBytes(bytes);
            if (bytes.length > 9 && random.nextBoolean()) {
                System.arraycopy(encoded(new Message.Ping(1)), 0, bytes, 0, 10);
            }
            assertThat(decode(bytes)).isEmpty();
        }
    }

    @Test
    void authenticNonsenseIsNothing() {
        byte[] heartbeat = encoded(new Message.Heartbeat(1, 2, false, List.of()));
        int count = heartbeat.length - DatagramKey.TAG_BYTES - 1;
        for (int value : new int[] {1, 17, 127, -1}) {
            heartbeat[count] = (byte) value;
            assertThat(decode(signed(heartbeat))).as("sightings %d", value).isEmpty();
        }
        byte[] report = encoded(new Message.ProbeReport(1, 2, Reached.NOTHING));
        report[report.length - DatagramKey.TAG_BYTES - 1] = 4;
        assertThat(decode(signed(report))).isEmpty();
        byte[] kind = encoded(new Message.Ping(1));
        kind[1] = 100;
        assertThat(decode(signed(kind))).isEmpty();
    }

    @Test
    void lettersToOthersAndFromStrangersAreNothing() {
        byte[] bytes = encoded(new Message.Ping(1));
        assertThat(Datagrams.decode(bytes, bytes.length, 5, from -> pair)).isEmpty();
        assertThat(Datagrams.decode(bytes, bytes.length, RECEIVER, from -> null))
                .isEmpty();
        DatagramKey other = new DatagramKey(zone.pair(RECEIVER, 5));
        assertThat(Datagrams.decode(bytes, bytes.length, RECEIVER, from -> other))
                .isEmpty();
    }

    @Test
    void bothSidesDeriveTheSameKeyAndNobodyElse() {
        assertThat(zone.pair(SENDER, RECEIVER)).isEqualTo(zone.pair(RECEIVER, SENDER));
        assertThat(zone.pair(SENDER, RECEIVER)).isNotEqualTo(zone.pair(SENDER, Envelope.MASTER));
    }

    private static Envelope envelope(Message message) {
        return new Envelope(SENDER, RECEIVER, 100, 200, 300, message);
    }

    private byte[] encoded(Message message) {
        return Datagrams.encode(envelope(message), pair);
    }

    private byte[] signed(byte[] bytes) {
        int length = bytes.length - DatagramKey.TAG_BYTES;
        System.arraycopy(pair.tag(bytes, length), 0, bytes, length, DatagramKey.TAG_BYTES);
        return bytes;
    }

    private Optional<Envelope> decode(byte[] bytes) {
        return Datagrams.decode(bytes, bytes.length, RECEIVER, from -> from == SENDER ? pair : null);
    }
}
