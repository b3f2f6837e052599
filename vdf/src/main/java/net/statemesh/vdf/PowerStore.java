// SPDX-License-Identifier: Apache-2.0
package net.statemesh.vdf;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Encoded forms kept during an evaluation, in blocks so that growing copies nothing. */
final class PowerStore {
    private static final int FORMS_PER_BLOCK = 1024;

    private final FormCodec codec;
    private final List<byte[]> blocks = new ArrayList<>();
    private int size;

    PowerStore(FormCodec codec) {
        this.codec = codec;
    }

    int size() {
        return size;
    }

    void add(MutableForm f) {
        codec.write(f, nextBlock(), offset(size));
        size++;
    }

    /** Sets a and b of {@code f}; c keeps what it had, because few need it. */
    void get(int index, MutableForm f) {
        codec.readCoefficients(blocks.get(index / FORMS_PER_BLOCK), offset(index), f);
    }

    void writeTo(ByteBuffer out) {
        for (int i = 0; i < size; i++) {
            out.put(blocks.get(i / FORMS_PER_BLOCK), offset(i), codec.length());
        }
    }

    void addFrom(ByteBuffer in) {
        in.get(nextBlock(), offset(size), codec.length());
        size++;
    }

    private byte[] nextBlock() {
        if (size % FORMS_PER_BLOCK == 0) {
            blocks.add(new byte[FORMS_PER_BLOCK * codec.length()]);
        }
        return blocks.getLast();
    }

    private int offset(int index) {
        return index % FORMS_PER_BLOCK * codec.length();
    }
}
