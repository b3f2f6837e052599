// SPDX-License-Identifier: Apache-2.0
package net.statemesh.evm.rlp;

import java.util.Arrays;
import net.statemesh.evm.type.Word;

/** Encodes items one after the other. Source: Ethereum yellow paper, appendix B. */
public final class RlpWriter {
    static final int SHORT_TEXT = 0x80;
    static final int LONG_TEXT = 0xb7;
    static final int SHORT_LIST = 0xc0;
    static final int LONG_LIST = 0xf7;
    static final int LONGEST_SHORT = 55;

    private static final int FIRST_CAPACITY_BYTES = 128;

    private byte[] buffer;
    private int size;

    public RlpWriter() {
        this(FIRST_CAPACITY_BYTES);
    }

    /** Has room for so many bytes from the start. */
    public RlpWriter(int capacityBytes) {
        buffer = new byte[capacityBytes];
    }

    /** A byte string. */
    public RlpWriter text(byte[] bytes) {
        return text(bytes, 0, bytes.length);
    }

    public RlpWriter text(byte[] bytes, int offset, int length) {
        if (length != 1 || (bytes[offset] & 0xff) >= SHORT_TEXT) {
            header(SHORT_TEXT, LONG_TEXT, length);
        }
        append(bytes, offset, length);
        return this;
    }

    /** A number without leading zero bytes; zero is the empty string. */
    public RlpWriter number(Word value) {
        byte[] bytes = value.toBytes();
        int first = 0;
        while (first < bytes.length && bytes[first] == 0) {
            first++;
        }
        return text(bytes, first, bytes.length - first);
    }

    /** A number, unsigned. */
    public RlpWriter number(long value) {
        return number(Word.of(value));
    }

    /** A list of everything that was written to {@code content}. */
    public RlpWriter list(RlpWriter content) {
        header(SHORT_LIST, LONG_LIST, content.size);
        append(content.buffer, 0, content.size);
        return this;
    }

    /** An item that is encoded already. */
    public RlpWriter encoded(byte[] item) {
        append(item, 0, item.length);
        return this;
    }

    public RlpWriter item(RlpItem item) {
        switch (item) {
            case RlpItem.Text text -> text(text.value().shared());
            case RlpItem.Sequence sequence -> {
                RlpWriter content = new RlpWriter();
                sequence.items().forEach(content::item);
                list(content);
            }
        }
        return this;
    }

    /** What was written. */
    public byte[] toBytes() {
        return Arrays.copyOf(buffer, size);
    }

    /** What was written, as one list. */
    public byte[] toList() {
        int lengthBytes = size <= LONGEST_SHORT ? 0 : Integer.BYTES - Integer.numberOfLeadingZeros(size) / Byte.SIZE;
        RlpWriter whole = new RlpWriter(1 + lengthBytes + size);
        whole.list(this);
        return whole.buffer;
    }

    private void header(int shortBase, int longBase, int length) {
        if (length <= LONGEST_SHORT) {
            append((byte) (shortBase + length));
            return;
        }
        int lengthBytes = Integer.BYTES - Integer.numberOfLeadingZeros(length) / Byte.SIZE;
        append((byte) (longBase + lengthBytes));
        for (int i = lengthBytes - 1; i >= 0; i--) {
            append((byte) (length >>> (i * Byte.SIZE)));
        }
    }

    private void append(byte value) {
        reserve(1);
        buffer[size++] = value;
    }

    private void append(byte[] bytes, int offset, int length) {
        reserve(length);
        System.arraycopy(bytes, offset, buffer, size, length);
        size += length;
    }

    private void reserve(int more) {
        if (size + more > buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.max(2 * buffer.length, size + more));
        }
    }
}
