// SPDX-License-Identifier: Apache-2.0
package net.statemesh.ingress.http1;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Follows a chunked body (RFC 9112, 7.1) to find its end, without copying it. Strict where parsers differ: sizes are bare hex
 * digits, every line ends in CR LF, extensions are short and printable, trailers may not frame or route anything.
 */
public final class ChunkedBody {
    private static final int MAX_SIZE_DIGITS = 15;
    private static final int MAX_EXTENSION_BYTES = 256;
    private static final int MAX_TRAILER_BYTES = 8 << 10;
    private static final int MAX_TRAILERS = 32;

    /** Receives the content of chunks, without their framing. */
    public interface DataSpans {
        void data(ByteBuf source, int from, int length);
    }

    private enum State {
        SIZE_FIRST,
        SIZE,
        EXTENSION,
        SIZE_LF,
        DATA,
        DATA_CR,
        DATA_LF,
        TRAILERS,
        FINISHED,
        REFUSED
    }

    private State state = State.SIZE_FIRST;
    private long remainingBytes;
    private int digits;
    private int extensionBytes;
    private byte[] trailerBytes = new byte[0];
    private int trailerLength;
    private @Nullable Fields trailers;
    private Refusal refusal = Refusal.BAD_CHUNK;

    /** Makes it ready for another body. */
    public void reset() {
        state = State.SIZE_FIRST;
        trailerLength = 0;
        trailers = null;
        digits = 0;
    }

    /**
     * Follows the body through {@code in[from, to)}.
     *
     * @param spans gets the content, when somebody wants it without framing
     * @return number of bytes that belong to the body: less than given only when it ended; -1 when refused
     */
    public int advance(ByteBuf in, int from, int to, @Nullable DataSpans spans) {
        int at = from;
        while (at < to && state != State.FINISHED) {
            if (state == State.DATA) {
                int length = (int) Math.min(remainingBytes, to - at);
                if (spans != null) {
                    spans.data(in, at, length);
                }
                at += length;
                remainingBytes -= length;
                if (remainingBytes == 0) {
                    state = State.DATA_CR;
                }
            } else {
                state = step(in.getByte(at++));
                if (state == State.REFUSED) {
                    return -1;
                }
            }
        }
        return at - from;
    }

    private State step(byte value) {
        return switch (state) {
            case SIZE_FIRST, SIZE -> size(value);
            case EXTENSION -> extension(value);
            case SIZE_LF -> {
                if (value != '\n') {
                    yield State.REFUSED;
                }
                yield remainingBytes == 0 ? State.TRAILERS : State.DATA;
            }
            case DATA_CR -> value == '\r' ? State.DATA_LF : State.REFUSED;
            case DATA_LF -> {
                digits = 0;
                yield value == '\n' ? State.SIZE_FIRST : State.REFUSED;
            }
            case TRAILERS -> trailer(value);
            case DATA, FINISHED, REFUSED -> throw new IllegalStateException("no framing expected: " + state);
        };
    }

    private State size(byte value) {
        int digit = Character.digit(value, 16);
        if (digit >= 0 && value > 0) {
            if (state == State.SIZE_FIRST) {
                remainingBytes = 0;
            }
            remainingBytes = remainingBytes << 4 | digit;
            return ++digits > MAX_SIZE_DIGITS ? State.REFUSED : State.SIZE;
        }
        if (state == State.SIZE_FIRST) {
            return State.REFUSED;
        }
        extensionBytes = 0;
        return switch (value) {
            case '\r' -> State.SIZE_LF;
            case ';' -> State.EXTENSION;
            default -> State.REFUSED;
        };
    }

    private State extension(byte value) {
        if (value == '\r') {
            return State.SIZE_LF;
        }
        boolean clean = value == '\t' || !ControlScan.isControl(value);
        return clean && ++extensionBytes <= MAX_EXTENSION_BYTES ? State.EXTENSION : State.REFUSED;
    }

    private State trailer(byte value) {
        if (trailerLength == MAX_TRAILER_BYTES) {
            refusal = Refusal.BAD_TRAILER;
            return State.REFUSED;
        }
        if (trailerLength == trailerBytes.length) {
            trailerBytes = Arrays.copyOf(trailerBytes, Math.clamp(trailerLength * 2L, 64, MAX_TRAILER_BYTES));
        }
        trailerBytes[trailerLength++] = value;
        if (value != '\n' || !endsWithEmptyLine()) {
            return State.TRAILERS;
        }
        if (trailerLength == 2) {
            return State.FINISHED;
        }
        Fields parsed = new Fields(MAX_TRAILERS);
        if (parsed.parseFields(trailerBytes, 0, trailerLength) != trailerLength || !allowed(parsed)) {
            refusal = Refusal.BAD_TRAILER;
            return State.REFUSED;
        }
        trailers = parsed;
        return State.FINISHED;
    }

    private boolean endsWithEmptyLine() {
        byte before = trailerLength > 1 ? trailerBytes[trailerLength - 2] : 0;
        if (before == '\n' || trailerLength == 1) {
            return true;
        }
        return before == '\r' && (trailerLength == 2 || trailerBytes[trailerLength - 3] == '\n');
    }

    private static boolean allowed(Fields trailers) {
        for (int field = 0; field < trailers.count(); field++) {
            if (trailers.name(field) != FieldName.OTHER) {
                return false;
            }
        }
        return true;
    }

    /** Whether the last byte of the body was seen. */
    public boolean isFinished() {
        return state == State.FINISHED;
    }

    /** Trailers of a finished body, or null when it has none. */
    public @Nullable Fields trailers() {
        return trailers;
    }

    /** Why {@link #advance} returned -1. */
    public Refusal refusal() {
        return refusal;
    }
}
