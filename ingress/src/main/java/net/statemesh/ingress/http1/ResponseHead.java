// SPDX-License-Identifier: Apache-2.0
package net.statemesh.ingress.http1;

/** Head of a response (RFC 9112, 4). */
public final class ResponseHead extends MessageHead {
    private static final long HTTP_1_1 = ControlScan.word(Ascii.bytes("HTTP/1.1"), 0);
    private static final long HTTP_1_0 = ControlScan.word(Ascii.bytes("HTTP/1.0"), 0);
    /** {@code HTTP/1.1 200} and CR LF. */
    private static final int MIN_STATUS_LINE_BYTES = 14;

    private int start;
    private int statusLineEnd;
    private int status;

    public ResponseHead(int maxFields) {
        super(maxFields);
    }

    /**
     * Parses one head.
     *
     * @return index behind the head, {@link #INCOMPLETE} or {@link #REFUSED}
     */
    public int parse(byte[] source, int from, int to) {
        bytes = source;
        start = from;
        if (to - from < MIN_STATUS_LINE_BYTES) {
            return INCOMPLETE;
        }
        long version = ControlScan.word(source, from);
        http10 = version == HTTP_1_0;
        if ((version != HTTP_1_1 && !http10) || source[from + 8] != ' ' || !readStatus(from + 9)) {
            return refuse(Refusal.BAD_START_LINE);
        }
        byte behind = source[from + 12];
        if (behind != ' ' && behind != '\r' && behind != '\n') {
            return refuse(Refusal.BAD_START_LINE);
        }
        statusLineEnd = endOfLine(from + 12, to);
        if (statusLineEnd <= 0) {
            return statusLineEnd;
        }
        int end = parseFields(source, statusLineEnd, to);
        return end <= 0 || readFraming() ? end : REFUSED;
    }

    private boolean readStatus(int at) {
        status = 0;
        for (int digit = at; digit < at + 3; digit++) {
            if (!Ascii.isDigit(bytes[digit])) {
                return false;
            }
            status = status * 10 + (bytes[digit] - '0');
        }
        return status >= 100;
    }

    /** 100 to 999. */
    public int status() {
        return status;
    }

    /** An answer before the answer (1xx), without a body. */
    public boolean isInformational() {
        return status < 200;
    }

    /** Whether a body follows, given what was asked (RFC 9112, 6.3). */
    public boolean hasBody(boolean answersHead) {
        return !answersHead && status >= 200 && status != 204 && status != 304 && contentLength() != 0;
    }

    public int start() {
        return start;
    }

    /** Index of the first header line. */
    public int statusLineEnd() {
        return statusLineEnd;
    }
}
