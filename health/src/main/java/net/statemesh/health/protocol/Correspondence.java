// SPDX-License-Identifier: Apache-2.0
package net.statemesh.health.protocol;

import java.util.HashMap;
import java.util.Map;

/**
 * Puts messages into envelopes and lets each envelope in once, however old a record of it somebody plays back: an envelope names the
 * incarnation of its receiver, so that one from before the receiver started proves nothing, and within an incarnation a window of
 * sequence numbers tells what was seen (RFC 4303, section 3.4.3). Who does not know the other's incarnation learns it from a
 * {@link Message.Hello}.
 *
 * <p>Holds one entry per correspondent; senders have been authenticated before.
 */
public final class Correspondence {
    private static final int WINDOW = Long.SIZE;

    /** What to do with an envelope. */
    public enum Admission {
        /** It is new and was meant for this incarnation. */
        ADMITTED,
        IGNORED,
        /** It proves nothing; its sender needs {@link #hello} to do better. */
        UNPROVEN
    }

    private static final class Known {
        private long incarnation;
        private long highest;
        /** Bit i stands for sequence number {@code highest - i}. */
        private long seen;
    }

    private final int self;
    private final Map<Integer, Known> correspondents = new HashMap<>();
    private long incarnation;
    private long sequence;

    public Correspondence(int self, long incarnation) {
        if (incarnation <= 0) {
            throw new IllegalArgumentException("incarnation " + incarnation + " is not above 0");
        }
        this.self = self;
        this.incarnation = incarnation;
    }

    public long incarnation() {
        return incarnation;
    }

    /** Goes on as a later incarnation. */
    public void raise(long later) {
        if (later <= incarnation) {
            throw new IllegalArgumentException("incarnation " + later + " is not above " + incarnation);
        }
        incarnation = later;
        sequence = 0;
    }

    public Envelope to(int receiver, Message message) {
        Known known = correspondents.get(receiver);
        return new Envelope(self, receiver, incarnation, ++sequence, known == null ? 0 : known.incarnation, message);
    }

    /** Tells a sender this incarnation, and under which one it is known here. */
    public Envelope hello(int receiver) {
        Known known = correspondents.get(receiver);
        return to(receiver, new Message.Hello(known == null ? 0 : known.incarnation));
    }

    public Admission admit(Envelope envelope) {
        Known known = correspondents.computeIfAbsent(envelope.from(), from -> new Known());
        boolean hello = envelope.message() instanceof Message.Hello;
        if (envelope.incarnation() < known.incarnation) {
            return hello ? Admission.IGNORED : Admission.UNPROVEN;
        }
        if (!isNew(known, envelope)) {
            return Admission.IGNORED;
        }
        return hello || envelope.toIncarnation() == incarnation ? Admission.ADMITTED : Admission.UNPROVEN;
    }

    private static boolean isNew(Known known, Envelope envelope) {
        long ahead = envelope.sequence() - known.highest;
        if (envelope.incarnation() > known.incarnation) {
            known.incarnation = envelope.incarnation();
            known.highest = envelope.sequence();
            known.seen = 1;
            return true;
        }
        if (ahead > 0) {
            known.seen = ahead >= WINDOW ? 1 : known.seen << ahead | 1;
            known.highest = envelope.sequence();
            return true;
        }
        if (ahead <= -WINDOW) {
            return false;
        }
        long bit = 1L << -ahead;
        boolean fresh = (known.seen & bit) == 0;
        known.seen |= bit;
        return fresh;
    }

    public void forget(int correspondent) {
        correspondents.remove(correspondent);
    }
}
