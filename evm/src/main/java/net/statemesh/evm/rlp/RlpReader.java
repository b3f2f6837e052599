// SPDX-License-Identifier: Apache-2.0
package net.statemesh.evm.rlp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.statemesh.evm.type.Bytes;

/** Decodes strictly: whatever is not what {@link RlpWriter} would write is refused. */
public final class RlpReader {
    /** Deepest nesting of lists that is read. */
    public static final int MAX_DEPTH = 64;

    private final byte[] input;
    private int position;

    private RlpReader(byte[] input) {
        this.input = input;
    }

    /** The one item that the input encodes. */
    public static RlpItem decode(byte[] input) throws RlpException {
        RlpReader reader = new RlpReader(input);
        RlpItem item = reader.item(input.length, 0);
        if (reader.position != input.length) {
            throw new RlpException((input.length - reader.position) + " bytes follow the item");
        }
        return item;
    }

    private RlpItem item(int end, int depth) throws RlpException {
        if (position >= end) {
            throw new RlpException("an item is missing at byte " + position);
        }
        int head = input[position] & 0xff;
        if (head < RlpWriter.SHORT_LIST) {
            return text(head, end);
        }
        if (depth == MAX_DEPTH) {
            throw new RlpException("lists are nested deeper than " + MAX_DEPTH);
        }
        position++;
        int length = head <= RlpWriter.LONG_LIST
                ? fitting(head - RlpWriter.SHORT_LIST, end)
                : longLength(head - RlpWriter.LONG_LIST, end);
        int listEnd = position + length;
        List<RlpItem> items = new ArrayList<>();
        while (position < listEnd) {
            items.add(item(listEnd, depth + 1));
        }
        return new RlpItem.Sequence(items);
    }

    private RlpItem.Text text(int head, int end) throws RlpException {
        if (head < RlpWriter.SHORT_TEXT) {
            return new RlpItem.Text(Bytes.wrap(new byte[] {input[position++]}));
        }
        position++;
        boolean isShort = head <= RlpWriter.LONG_TEXT;
        int length = isShort ? fitting(head - RlpWriter.SHORT_TEXT, end) : longLength(head - RlpWriter.LONG_TEXT, end);
        if (isShort && length == 1 && (input[position] & 0xff) < RlpWriter.SHORT_TEXT) {
            throw new RlpException("the single byte at " + position + " has a length before it");
        }
        byte[] value = Arrays.copyOfRange(input, position, position + length);
        position += length;
        return new RlpItem.Text(Bytes.wrap(value));
    }

    private int longLength(int lengthBytes, int end) throws RlpException {
        if (lengthBytes > end - position) {
            throw new RlpException("the length at byte " + position + " is cut off");
        }
        if (input[position] == 0) {
            throw new RlpException("the length at byte " + position + " begins with zero");
        }
        long length = 0;
        for (int i = 0; i < lengthBytes; i++) {
            if (length > Integer.MAX_VALUE) {
                throw new RlpException("the length at byte " + position + " is longer than the input");
            }
            length = (length << Byte.SIZE) | (input[position++] & 0xff);
        }
        if (length <= RlpWriter.LONGEST_SHORT) {
            throw new RlpException("the length " + length + " at byte " + position + " should be in the first byte");
        }
        return fitting(length, end);
    }

    private int fitting(long length, int end) throws RlpException {
        if (length > end - position) {
            throw new RlpException("an item of " + length + " bytes at " + position + " reaches beyond its end " + end);
        }
        return (int) length;
    }
}
