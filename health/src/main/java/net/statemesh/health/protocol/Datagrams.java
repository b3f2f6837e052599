// SPDX-License-Identifier: Apache-2.0
package net.statemesh.health.protocol;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Envelopes as UDP payloads: version and kind (a byte each), sender and receiver (4 bytes each), incarnation, sequence and the
 * receiver's incarnation (8 each), the message's fields in the order of its record, and a tag over all that. Big endian. Nothing is
 * larger than {@link #MAX_BYTES}; nothing that is not from a known sender is looked at beyond its header.
 */
public final class Datagrams {
    /** Fits into any path's unit. */
    public static final int MAX_BYTES = 256;

    private static final byte VERSION = 1;
    private static final int HEADER_BYTES = 2 + 2 * Integer.BYTES + 3 * Long.BYTES;

    private enum Kind {
        HEARTBEAT(1),
        GRANT(2),
        PEER_HEARTBEAT(3),
        PEER_GRANT(4),
        PROBE_REQUEST(5),
        PING(6),
        PING_ANSWER(7),
        PROBE_REPORT(8),
        HELLO(9);

        private static final Map<Byte, Kind> BY_CODE =
                Arrays.stream(values()).collect(Collectors.toMap(kind -> kind.code, kind -> kind));

        private final byte code;

        Kind(int code) {
            this.code = (byte) code;
        }
    }

    private Datagrams() {}

    public static byte[] encode(Envelope envelope, DatagramKey key) {
        ByteBuffer out = ByteBuffer.allocate(MAX_BYTES);
        out.put(VERSION).put(kind(envelope.message()).code);
        out.putInt(envelope.from()).putInt(envelope.to());
        out.putLong(envelope.incarnation()).putLong(envelope.sequence()).putLong(envelope.toIncarnation());
        body(envelope.message(), out);
        byte[] tag = key.tag(out.array(), out.position());
        return Arrays.copyOf(out.put(tag).array(), out.position());
    }

    /**
     * Reads what came from the network.
     *
     * @param keys what the receiver shares with a sender; null for a stranger
     * @return empty for anything that is not an authentic envelope to {@code self}
     */
    public static Optional<Envelope> decode(
            byte[] bytes, int length, int self, IntFunction<@Nullable DatagramKey> keys) {
        if (length < HEADER_BYTES + DatagramKey.TAG_BYTES || length > MAX_BYTES || bytes[0] != VERSION) {
            return Optional.empty();
        }
        int signedBytes = length - DatagramKey.TAG_BYTES;
        ByteBuffer in = ByteBuffer.wrap(bytes, 0, signedBytes);
        in.get();
        Kind kind = Kind.BY_CODE.get(in.get());
        int from = in.getInt();
        int to = in.getInt();
        DatagramKey key = to == self && kind != null ? keys.apply(from) : null;
        if (kind == null
                || key == null
                || !MessageDigest.isEqual(
                        key.tag(bytes, signedBytes), Arrays.copyOfRange(bytes, signedBytes, length))) {
            return Optional.empty();
        }
        try {
            Envelope envelope = new Envelope(from, to, in.getLong(), in.getLong(), in.getLong(), message(kind, in));
            return in.hasRemaining() || envelope.incarnation() <= 0 ? Optional.empty() : Optional.of(envelope);
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Kind kind(Message message) {
        return switch (message) {
            case Message.Heartbeat ignored -> Kind.HEARTBEAT;
            case Message.Grant ignored -> Kind.GRANT;
            case Message.PeerHeartbeat ignored -> Kind.PEER_HEARTBEAT;
            case Message.PeerGrant ignored -> Kind.PEER_GRANT;
            case Message.ProbeRequest ignored -> Kind.PROBE_REQUEST;
            case Message.Ping ignored -> Kind.PING;
            case Message.PingAnswer ignored -> Kind.PING_ANSWER;
            case Message.ProbeReport ignored -> Kind.PROBE_REPORT;
            case Message.Hello ignored -> Kind.HELLO;
        };
    }

    private static void body(Message message, ByteBuffer out) {
        switch (message) {
            case Message.Heartbeat heartbeat -> {
                out.putLong(heartbeat.number()).putLong(heartbeat.assignment());
                out.put((byte) (heartbeat.wantsGrant() ? 1 : 0));
                out.put((byte) heartbeat.sightings().size());
                heartbeat
                        .sightings()
                        .forEach(sighting -> out.putInt(sighting.node()).putInt(sighting.ageMillis()));
            }
            case Message.Grant(long heartbeat, long assignment) ->
                out.putLong(heartbeat).putLong(assignment);
            case Message.PeerHeartbeat(long number, long assignment) ->
                out.putLong(number).putLong(assignment);
            case Message.PeerGrant(long heartbeat) -> out.putLong(heartbeat);
            case Message.ProbeRequest(long round, int target) ->
                out.putLong(round).putInt(target);
            case Message.Ping(long round) -> out.putLong(round);
            case Message.PingAnswer(long round) -> out.putLong(round);
            case Message.ProbeReport(long round, int target, Reached reached) ->
                out.putLong(round).putInt(target).put(code(reached));
            case Message.Hello(long known) -> out.putLong(known);
        }
    }

    private static Message message(Kind kind, ByteBuffer in) {
        return switch (kind) {
            case HEARTBEAT -> new Message.Heartbeat(in.getLong(), in.getLong(), in.get() == 1, sightings(in));
            case GRANT -> new Message.Grant(in.getLong(), in.getLong());
            case PEER_HEARTBEAT -> new Message.PeerHeartbeat(in.getLong(), in.getLong());
            case PEER_GRANT -> new Message.PeerGrant(in.getLong());
            case PROBE_REQUEST -> new Message.ProbeRequest(in.getLong(), in.getInt());
            case PING -> new Message.Ping(in.getLong());
            case PING_ANSWER -> new Message.PingAnswer(in.getLong());
            case PROBE_REPORT -> new Message.ProbeReport(in.getLong(), in.getInt(), reached(in.get()));
            case HELLO -> new Message.Hello(in.getLong());
        };
    }

    private static List<Sighting> sightings(ByteBuffer in) {
        int count = in.get();
        if (count < 0) {
            throw new IllegalArgumentException(count + " sightings");
        }
        List<Sighting> sightings = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            sightings.add(new Sighting(in.getInt(), age(in.getInt())));
        }
        return sightings;
    }

    private static int age(int millis) {
        if (millis < 0) {
            throw new IllegalArgumentException("an age of " + millis + " ms");
        }
        return millis;
    }

    private static byte code(Reached reached) {
        return switch (reached) {
            case AGENT -> 1;
            case MACHINE -> 2;
            case NOTHING -> 3;
        };
    }

    private static Reached reached(byte code) {
        return switch (code) {
            case 1 -> Reached.AGENT;
            case 2 -> Reached.MACHINE;
            case 3 -> Reached.NOTHING;
            default -> throw new IllegalArgumentException("reached " + code);
        };
    }
}
