// SPDX-License-Identifier: Apache-2.0
package net.statemesh.lachesis;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads what {@link StateWriter} wrote and feeds it to a new {@link Lachesis}, checking every event again. */
final class StateReader {
    private static final int LEB128_BITS = 7;
    private static final int LEB128_MORE = 1 << LEB128_BITS;

    private final ByteBuffer in;
    private final List<Event> events = new ArrayList<>();

    private StateReader(ByteBuffer in) {
        this.in = in;
    }

    static Reopened read(byte[] state, SealingRule sealingRule) {
        int length = state.length - StateWriter.DIGEST_BYTES;
        if (length < 0
                || !Arrays.equals(StateWriter.sha256(state, length), Arrays.copyOfRange(state, length, state.length))) {
            return new Reopened.Damaged("the digest at the end does not match the " + state.length + " bytes");
        }
        try {
            return new StateReader(ByteBuffer.wrap(state, 0, length)).read(sealingRule);
        } catch (BufferUnderflowException | IllegalArgumentException | IndexOutOfBoundsException e) {
            return new Reopened.Damaged("the bytes do not follow the format: " + e);
        }
    }

    private Reopened read(SealingRule sealingRule) {
        int magic = in.getInt();
        int version = in.getShort();
        if (magic != StateWriter.MAGIC || version != StateWriter.VERSION) {
            return new Reopened.Damaged(
                    "state of kind " + Integer.toHexString(magic) + ", version " + version + ": this is version "
                            + StateWriter.VERSION + " of kind " + Integer.toHexString(StateWriter.MAGIC));
        }
        int epoch = in.getInt();
        long lastBlock = in.getLong();
        if (epoch < 1 || epoch > Event.MAX_NUMBER || lastBlock < 0) {
            return new Reopened.Damaged("epoch " + epoch + " behind block " + lastBlock);
        }
        Validators validators = validators();
        Lachesis lachesis = new Lachesis(epoch, validators, lastBlock, SealingRule.never());
        int count = in.getInt();
        for (int i = 0; i < count; i++) {
            Event event = event(epoch, validators);
            if (lachesis.process(event) instanceof Rejected rejected) {
                return new Reopened.Damaged("event " + i + " is not valid: " + rejected.detail());
            }
            events.add(event);
        }
        if (in.hasRemaining()) {
            return new Reopened.Damaged(in.remaining() + " bytes too many");
        }
        lachesis.sealBy(sealingRule);
        return new Reopened.Open(lachesis);
    }

    private Validators validators() {
        int count = in.getInt();
        List<Validator> validators = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            validators.add(new Validator(Integer.toUnsignedLong(in.getInt()), in.getInt()));
        }
        Validators canonical = Validators.of(validators);
        if (!canonical.canonical().equals(validators)) {
            throw new IllegalArgumentException("the validators are not in canonical order");
        }
        return canonical;
    }

    private Event event(int epoch, Validators validators) {
        EventId id = EventId.read(in);
        long creator = validators.id(variable());
        int framesAbove = variable();
        int parentCount = variable();
        List<EventId> parents = new ArrayList<>();
        int seq = 1;
        int frame = framesAbove;
        for (int i = 0; i < parentCount; i++) {
            Event parent = events.get(events.size() - variable());
            parents.add(parent.id());
            if (i == 0 && parent.creator() == creator) {
                seq = parent.seq() + 1;
                frame = parent.frame() + framesAbove;
            }
        }
        return new Event(id, epoch, seq, creator, id.lamport(), parents, frame);
    }

    private int variable() {
        int value = 0;
        for (int shift = 0; shift < Integer.SIZE; shift += LEB128_BITS) {
            byte next = in.get();
            value |= (next & (LEB128_MORE - 1)) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("a number of more than 32 bits");
    }
}
