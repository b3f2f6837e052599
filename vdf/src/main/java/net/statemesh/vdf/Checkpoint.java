// SPDX-License-Identifier: Apache-2.0
package net.statemesh.vdf;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A half-done evaluation as bytes: u8 version | statement digest | u64 position | u8 digit bits | u64 spacing | u8 squares | current form | kept powers |
 * SHA-256 of all that. The hash finds damage; it does not make a checkpoint from a stranger trustworthy, but all that such a checkpoint can do
 * is to spoil the proof.
 */
final class Checkpoint {
    private static final byte VERSION = 1;
    private static final int DIGEST_BYTES = 32;
    private static final int FIXED_BYTES = 1 + DIGEST_BYTES + Long.BYTES + 1 + Long.BYTES + 1;

    private final FormCodec codec;
    private final ProofPlan plan;
    private final long position;
    private final ByteBuffer forms;

    private Checkpoint(FormCodec codec, ProofPlan plan, long position, ByteBuffer forms) {
        this.codec = codec;
        this.plan = plan;
        this.position = position;
        this.forms = forms;
    }

    static byte[] write(
            Statement statement,
            FormCodec codec,
            ProofPlan plan,
            long position,
            MutableForm current,
            PowerStore powers) {
        int bytes = FIXED_BYTES + (1 + powers.size()) * codec.length() + DIGEST_BYTES;
        ByteBuffer out = ByteBuffer.allocate(bytes);
        out.put(VERSION).put(statement.digest(codec)).putLong(position);
        out.put((byte) plan.digitBits()).putLong(plan.spacing()).put((byte) (plan.squares() ? 1 : 0));
        byte[] form = new byte[codec.length()];
        codec.write(current, form, 0);
        out.put(form);
        powers.writeTo(out);
        out.put(hash(out.array(), out.position()));
        return out.array();
    }

    /** @throws CheckpointException when the bytes are damaged or belong to another statement */
    static Checkpoint read(Statement statement, FormCodec codec, byte[] bytes) {
        if (bytes.length < FIXED_BYTES + DIGEST_BYTES || bytes[0] != VERSION) {
            throw new CheckpointException("these bytes are not a checkpoint of version " + VERSION);
        }
        int end = bytes.length - DIGEST_BYTES;
        if (!Arrays.equals(hash(bytes, end), Arrays.copyOfRange(bytes, end, bytes.length))) {
            throw new CheckpointException("the checkpoint is damaged: its hash does not match");
        }
        ByteBuffer in = ByteBuffer.wrap(bytes, 0, end);
        in.get();
        byte[] digest = new byte[DIGEST_BYTES];
        in.get(digest);
        if (!Arrays.equals(digest, statement.digest(codec))) {
            throw new CheckpointException(
                    "the checkpoint belongs to another discriminant, input, number of squarings or key");
        }
        long position = in.getLong();
        ProofPlan plan = new ProofPlan(in.get(), in.getLong(), in.get() != 0);
        boolean inRange = position >= 0
                && position <= statement.squarings()
                && plan.digitBits() >= 1
                && plan.digitBits() <= ProofPlan.MAX_DIGIT_BITS
                && plan.spacing() >= 1
                && plan.spacing() <= statement.squarings();
        if (!inRange || in.remaining() != (1 + plan.powers(position)) * codec.length()) {
            throw new CheckpointException("the checkpoint's numbers do not fit together");
        }
        return new Checkpoint(codec, plan, position, in);
    }

    ProofPlan plan() {
        return plan;
    }

    long position() {
        return position;
    }

    /** @throws CheckpointException when the current form is none of this discriminant */
    void restore(MutableForm current, PowerStore powers) {
        byte[] form = new byte[codec.length()];
        forms.get(form);
        if (!codec.read(form, 0, current)) {
            throw new CheckpointException("the checkpoint's form is not a reduced form of the discriminant");
        }
        while (forms.hasRemaining()) {
            powers.addFrom(forms);
        }
    }

    private static byte[] hash(byte[] bytes, int length) {
        var sha256 = CounterHash.sha256();
        sha256.update(bytes, 0, length);
        return sha256.digest();
    }
}
