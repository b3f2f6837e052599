// SPDX-License-Identifier: Apache-2.0
package net.statemesh.ingress.http1;

/** What requests and responses share: framing of the body and options of the connection. */
public abstract sealed class MessageHead extends Fields permits RequestHead, ResponseHead {
    /** {@link #contentLength()} of a message without that header. */
    public static final long NO_LENGTH = -1;

    private static final int MAX_LENGTH_DIGITS = 18;
    private static final byte[] CHUNKED = Ascii.bytes("chunked");
    private static final byte[] CLOSE = Ascii.bytes("close");
    private static final byte[] KEEP_ALIVE = Ascii.bytes("keep-alive");
    private static final byte[] UPGRADE = Ascii.bytes("upgrade");
    private static final byte[] TE = Ascii.bytes("te");

    boolean http10;

    private long contentLength;
    private boolean chunked;
    private boolean close;
    private boolean keepAlive;
    private boolean upgradeOption;
    private boolean namesFields;

    MessageHead(int maxFields) {
        super(maxFields);
    }

    /** Reads framing and connection headers after {@link #parseFields}; false when they are refused. */
    final boolean readFraming() {
        contentLength = NO_LENGTH;
        chunked = false;
        close = false;
        keepAlive = false;
        upgradeOption = false;
        namesFields = false;
        for (int field = 0; field < count(); field++) {
            FieldName name = name(field);
            boolean accepted = true;
            if (name == FieldName.CONTENT_LENGTH) {
                accepted = readContentLength(field);
            } else if (name == FieldName.TRANSFER_ENCODING) {
                accepted = readTransferEncoding(field);
            } else if (name == FieldName.CONNECTION) {
                readConnection(field);
            }
            if (!accepted) {
                return false;
            }
        }
        if (chunked && contentLength != NO_LENGTH) {
            refuse(Refusal.LENGTH_AND_ENCODING);
            return false;
        }
        return true;
    }

    private boolean readContentLength(int field) {
        int from = valueStart(field);
        int digits = valueEnd(field) - from;
        boolean clean = contentLength == NO_LENGTH && digits > 0 && digits <= MAX_LENGTH_DIGITS;
        long length = 0;
        for (int at = from; clean && at < from + digits; at++) {
            clean = Ascii.isDigit(bytes[at]);
            length = length * 10 + (bytes[at] - '0');
        }
        if (!clean) {
            refuse(Refusal.BAD_CONTENT_LENGTH);
        }
        contentLength = length;
        return clean;
    }

    private boolean readTransferEncoding(int field) {
        // HTTP/1.0 knows no chunks: one side would read on where the other sees a new message
        if (chunked || http10 || !Ascii.equalsIgnoreCase(bytes, valueStart(field), valueEnd(field), CHUNKED)) {
            refuse(Refusal.BAD_TRANSFER_ENCODING);
            return false;
        }
        chunked = true;
        return true;
    }

    private void readConnection(int field) {
        int end = valueEnd(field);
        for (int from = valueStart(field); from < end; ) {
            int comma = from;
            while (comma < end && bytes[comma] != ',') {
                comma++;
            }
            readOption(from, comma);
            from = comma + 1;
        }
    }

    private void readOption(int from, int to) {
        int first = from;
        int last = to;
        while (first < last && Ascii.isBlank(bytes[first])) {
            first++;
        }
        while (last > first && Ascii.isBlank(bytes[last - 1])) {
            last--;
        }
        if (Ascii.equalsIgnoreCase(bytes, first, last, CLOSE)) {
            close = true;
        } else if (Ascii.equalsIgnoreCase(bytes, first, last, KEEP_ALIVE)) {
            keepAlive = true;
        } else if (Ascii.equalsIgnoreCase(bytes, first, last, UPGRADE)) {
            upgradeOption = true;
        } else if (first < last && !Ascii.equalsIgnoreCase(bytes, first, last, TE)) {
            namesFields = true;
        }
    }

    /** Whether a {@code Connection} header names this one, so that it is not passed on (RFC 9110, 7.6.1). */
    public final boolean isNamedByConnection(int field) {
        if (!namesFields || name(field) != FieldName.OTHER) {
            return false;
        }
        int length = nameEnd(field) - lineStart(field);
        for (int other = 0; other < count(); other++) {
            if (name(other) == FieldName.CONNECTION && lists(other, lineStart(field), length)) {
                return true;
            }
        }
        return false;
    }

    private boolean lists(int connection, int name, int length) {
        int end = valueEnd(connection);
        for (int at = valueStart(connection); at + length <= end; at++) {
            boolean starts = at == valueStart(connection) || !Ascii.isToken(bytes[at - 1]);
            boolean ends = at + length == end || !Ascii.isToken(bytes[at + length]);
            if (starts && ends && sameName(at, name, length)) {
                return true;
            }
        }
        return false;
    }

    private boolean sameName(int left, int right, int length) {
        for (int i = 0; i < length; i++) {
            if (Ascii.lower(bytes[left + i]) != Ascii.lower(bytes[right + i])) {
                return false;
            }
        }
        return true;
    }

    /** Bytes of the body, or {@link #NO_LENGTH}. */
    public final long contentLength() {
        return contentLength;
    }

    public final boolean isChunked() {
        return chunked;
    }

    public final boolean isHttp10() {
        return http10;
    }

    /** Whether the sender will use the connection again after this message (RFC 9112, 9.3). */
    public final boolean isPersistent() {
        return !close && (!http10 || keepAlive);
    }

    final boolean hasUpgradeOption() {
        return upgradeOption;
    }
}
