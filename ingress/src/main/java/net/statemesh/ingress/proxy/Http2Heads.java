// SPDX-License-Identifier: Apache-2.0
package net.statemesh.ingress.proxy;

import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import net.statemesh.ingress.http1.FieldName;
import net.statemesh.ingress.http1.Fields;
import net.statemesh.ingress.http1.ResponseHead;

/**
 * Heads of HTTP/2 as heads of HTTP/1 and back (RFC 9113, 8). A request is written down as HTTP/1 and then judged by the same strict
 * parser as every other, so that the translation cannot let anything through that HTTP/1 would not.
 */
final class Http2Heads {
    static final int TOO_LARGE = -1;
    static final int MALFORMED = -2;

    /** Not allowed in HTTP/2: they would speak about a connection that is not there (RFC 9113, 8.2.2). */
    private static final Set<String> FORBIDDEN =
            Set.of("connection", "transfer-encoding", "upgrade", "keep-alive", "proxy-connection", "http2-settings");

    private Http2Heads() {}

    /**
     * Writes a request's head as HTTP/1.1.
     *
     * @return its length, {@link #TOO_LARGE} or {@link #MALFORMED}
     */
    static int writeRequest(Http2Headers headers, boolean endOfStream, byte[] out) {
        Writer writer = new Writer(out);
        CharSequence method = headers.method();
        CharSequence path = headers.path();
        CharSequence authority = headers.authority() != null ? headers.authority() : headers.get("host");
        if (method == null || path == null || authority == null || hasOtherHost(headers, authority)) {
            return MALFORMED;
        }
        writer.text(method)
                .text(" ")
                .text(path)
                .text(" HTTP/1.1\r\nhost: ")
                .text(authority)
                .text("\r\n");
        boolean hasLength = false;
        StringBuilder cookies = new StringBuilder();
        for (Map.Entry<CharSequence, CharSequence> header : headers) {
            String name = header.getKey().toString();
            if (FORBIDDEN.contains(name) || !isClean(header.getValue()) || !isClean(name)) {
                return MALFORMED;
            }
            hasLength |= name.equals("content-length");
            if (name.equals("cookie")) {
                // may come in pieces, which HTTP/1 does not know (RFC 9113, 8.2.3)
                cookies.append(cookies.isEmpty() ? "" : "; ").append(header.getValue());
            } else if (!name.startsWith(":") && !name.equals("host")) {
                writer.text(name).text(": ").text(header.getValue()).text("\r\n");
            }
        }
        if (!cookies.isEmpty()) {
            writer.text("cookie: ").text(cookies).text("\r\n");
        }
        if (!endOfStream && !hasLength) {
            writer.text("transfer-encoding: chunked\r\n");
        }
        return writer.text("\r\n").length();
    }

    /** Two names for the server leave open which one counts (RFC 9113, 8.3.1). */
    private static boolean hasOtherHost(Http2Headers headers, CharSequence authority) {
        return headers.getAll("host").stream().anyMatch(host -> !AsciiString.contentEqualsIgnoreCase(host, authority));
    }

    /** Nothing that could end a line of HTTP/1. */
    private static boolean isClean(CharSequence text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\r' || c == '\n' || c == 0) {
                return false;
            }
        }
        return true;
    }

    static Http2Headers response(ResponseHead head) {
        Http2Headers headers = new DefaultHttp2Headers(false, head.count() + 1);
        headers.status(Integer.toString(head.status()));
        for (int field = 0; field < head.count(); field++) {
            FieldName name = head.name(field);
            if (!name.isHopByHop() && name != FieldName.TRANSFER_ENCODING && !head.isNamedByConnection(field)) {
                headers.add(head.nameText(field).toLowerCase(Locale.ROOT), head.valueText(field));
            }
        }
        return headers;
    }

    static Http2Headers trailers(Fields trailers) {
        Http2Headers headers = new DefaultHttp2Headers(false, trailers.count());
        for (int field = 0; field < trailers.count(); field++) {
            headers.add(trailers.nameText(field).toLowerCase(Locale.ROOT), trailers.valueText(field));
        }
        return headers;
    }

    /** Trailers of a request as HTTP/1 lines with the end of the chunked body around them; null when they are not clean. */
    static String lastChunk(Http2Headers trailers) {
        StringBuilder lines = new StringBuilder("0\r\n");
        for (Map.Entry<CharSequence, CharSequence> header : trailers) {
            String name = header.getKey().toString();
            boolean passes = !name.startsWith(":") && FieldName.named(name) == FieldName.OTHER;
            if (passes && isClean(name) && isClean(header.getValue())) {
                lines.append(name).append(": ").append(header.getValue()).append("\r\n");
            }
        }
        return lines.append("\r\n").toString();
    }

    /** Writes characters as bytes into an array until it is full. */
    private static final class Writer {
        private final byte[] out;
        private int length;

        Writer(byte[] out) {
            this.out = out;
        }

        Writer text(CharSequence text) {
            if (length >= 0 && length + text.length() <= out.length) {
                for (int i = 0; i < text.length(); i++) {
                    out[length++] = (byte) text.charAt(i);
                }
            } else {
                length = TOO_LARGE;
            }
            return this;
        }

        int length() {
            return length;
        }
    }
}
