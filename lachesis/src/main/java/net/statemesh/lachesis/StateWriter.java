// SPDX-License-Identifier: Apache-2.0
package net.statemesh.lachesis;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * Writes a {@link Lachesis} as bytes: what was fed into the running epoch, from which the rest follows. Equal histories give equal bytes.
 *
 * <pre>
 *  u32 magic, u16 version, u32 epoch, u64 number of the last block before the epoch
 *  u32 validators: { u32 id, u32 weight } in canonical order
 *  u32 events:     { 32 bytes id, creator index, frames above the self-parent, parents: { how many events ago } } in order of arrival,
 *                  where numbers without a size are LEB128
 *  32 bytes SHA-256 of everything before
 * </pre>
 */
final class StateWriter {
    static final int MAGIC = 0x4C414348;
    static final int VERSION = 1;
    static final int DIGEST_BYTES = 32;

    private static final int FIRST_CAPACITY = 1024;
    private static final int LEB128_BITS = 7;
    private static final int LEB128_MORE = 1 << LEB128_BITS;

    private byte[] bytes = new byte[FIRST_CAPACITY];
    private int size;

    byte[] write(int epoch, Validators validators, long lastBlockBefore, Dag dag) {
        fixed(MAGIC, Integer.BYTES);
        fixed(VERSION, Short.BYTES);
        fixed(epoch, Integer.BYTES);
        fixed(lastBlockBefore, Long.BYTES);
        fixed(validators.count(), Integer.BYTES);
        for (Validator validator : validators.canonical()) {
            fixed(validator.id(), Integer.BYTES);
            fixed(validator.weight(), Integer.BYTES);
        }
        fixed(dag.size(), Integer.BYTES);
        for (int event = 1; event <= dag.size(); event++) {
            write(dag, event);
        }
        byte[] digest = sha256(bytes, size);
        ensure(DIGEST_BYTES);
        System.arraycopy(digest, 0, bytes, size, DIGEST_BYTES);
        return Arrays.copyOf(bytes, size + DIGEST_BYTES);
    }

    private void write(Dag dag, int event) {
        EventId id = dag.id(event);
        fixed(id.prefix(), Long.BYTES);
        fixed(id.hash1(), Long.BYTES);
        fixed(id.hash2(), Long.BYTES);
        fixed(id.hash3(), Long.BYTES);
        variable(dag.creator(event));
        variable(dag.frame(event) - dag.frame(dag.selfParent(event)));
        variable(dag.parentsEnd(event) - dag.parentsStart(event));
        for (int place = dag.parentsStart(event); place < dag.parentsEnd(event); place++) {
            variable(event - dag.parentAt(place));
        }
    }

    private void fixed(long value, int sizeBytes) {
        ensure(sizeBytes);
        for (int i = sizeBytes - 1; i >= 0; i--) {
            bytes[size++] = (byte) (value >>> (i * Byte.SIZE));
        }
    }

    private void variable(int value) {
        ensure(Long.BYTES);
        int rest = value;
        while (rest >= LEB128_MORE) {
            bytes[size++] = (byte) (rest | LEB128_MORE);
            rest >>>= LEB128_BITS;
        }
        bytes[size++] = (byte) rest;
    }

    private void ensure(int moreBytes) {
        if (bytes.length - size < moreBytes) {
            bytes = Arrays.copyOf(bytes, 2 * bytes.length);
        }
    }

    static byte[] sha256(byte[] content, int length) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(content, 0, length);
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
