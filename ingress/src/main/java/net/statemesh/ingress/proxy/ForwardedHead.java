// SPDX-License-Identifier: Apache-2.0
package net.statemesh.ingress.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import net.statemesh.ingress.http1.Ascii;
import net.statemesh.ingress.http1.FieldName;
import net.statemesh.ingress.http1.MessageHead;
import net.statemesh.ingress.http1.RequestHead;
import net.statemesh.ingress.http1.ResponseHead;

/**
 * Writes heads for the other side: whole runs of lines are copied, hop-by-hop and forged headers are left out, ours are added. No
 * {@code Via}: gateways rarely send it, and some servers stop compressing when they see it.
 */
final class ForwardedHead {
    private static final byte[] HTTP_1_1 = Ascii.bytes(" HTTP/1.1\r\nHost: ");
    private static final byte[] STATUS_LINE = Ascii.bytes("HTTP/1.1");
    private static final byte[] CRLF = Ascii.bytes("\r\n");
    private static final byte[] FORWARDED_HOST = Ascii.bytes("X-Forwarded-Host: ");
    private static final byte[] REQUEST_ID = Ascii.bytes("\r\nX-Request-Id: ");
    private static final byte[] END = Ascii.bytes("\r\n\r\n");
    private static final byte[] UPGRADE = Ascii.bytes("Connection: Upgrade\r\nUpgrade: websocket\r\n");
    private static final byte[] CLOSE = Ascii.bytes("Connection: close\r\n");
    private static final byte[] KEEP_ALIVE = Ascii.bytes("Connection: keep-alive\r\n");
    private static final int ROOM_FOR_OURS = 192;

    /** Length of a generated request id. */
    private static final int REQUEST_ID_CHARS = 32;

    private ForwardedHead() {}

    /** Headers that are the same for every request of one client connection. */
    static byte[] clientHeaders(String client, boolean secure, int port) {
        return Ascii.bytes("X-Forwarded-For: %s\r\nX-Forwarded-Proto: %s\r\nX-Forwarded-Port: %d\r\n"
                .formatted(client, secure ? "https" : "http", port));
    }

    /** The request as the replica gets it; the id stands in its last {@link #requestIdLength} bytes before the end. */
    static ByteBuf request(RequestHead head, byte[] clientHeaders, RequestIds ids, ByteBufAllocator allocator) {
        byte[] bytes = head.bytes();
        int length = head.lineStart(head.count()) - head.start();
        ByteBuf out = allocator.directBuffer(
                length + clientHeaders.length + ROOM_FOR_OURS + head.authorityEnd() - head.hostStart());
        int from = head.requestLineEnd();
        if (head.isAbsolute() || head.isHttp10()) {
            out.writeBytes(bytes, head.start(), head.methodEnd() + 1 - head.start());
            out.writeBytes(bytes, head.pathStart(), head.targetEnd() - head.pathStart());
            out.writeBytes(HTTP_1_1);
            out.writeBytes(bytes, head.hostStart(), head.authorityEnd() - head.hostStart());
            out.writeBytes(CRLF);
        } else {
            from = head.start();
        }
        copyFields(head, from, out, true);
        if (head.isUpgrade()) {
            out.writeBytes(UPGRADE);
        }
        out.writeBytes(clientHeaders).writeBytes(FORWARDED_HOST);
        out.writeBytes(bytes, head.hostStart(), head.authorityEnd() - head.hostStart());
        out.writeBytes(REQUEST_ID);
        int id = head.requestIdField();
        if (id >= 0 && RequestIds.isSane(bytes, head.valueStart(id), head.valueEnd(id))) {
            out.writeBytes(bytes, head.valueStart(id), head.valueEnd(id) - head.valueStart(id));
        } else {
            ids.write(out);
        }
        return out.writeBytes(END);
    }

    /** Number of characters of the request id that {@link #request} wrote. */
    static int requestIdLength(RequestHead head) {
        int id = head.requestIdField();
        return id >= 0 && RequestIds.isSane(head.bytes(), head.valueStart(id), head.valueEnd(id))
                ? head.valueEnd(id) - head.valueStart(id)
                : REQUEST_ID_CHARS;
    }

    /** What the client is told about its connection. */
    enum Connection {
        UNSAID,
        CLOSE,
        KEEP_ALIVE,
        UPGRADE
    }

    /**
     * The answer as the client gets it.
     *
     * @param keepsChunks whether the body stays chunked
     * @param roomBytes for the start of the body
     */
    static ByteBuf response(
            ResponseHead head, boolean keepsChunks, Connection connection, int roomBytes, ByteBufAllocator allocator) {
        int length = head.lineStart(head.count()) - head.start();
        ByteBuf out = allocator.directBuffer(length + ROOM_FOR_OURS + roomBytes);
        int from = head.start();
        if (head.isHttp10()) {
            out.writeBytes(STATUS_LINE);
            from += STATUS_LINE.length;
        }
        copyFields(head, from, out, keepsChunks);
        switch (connection) {
            case UNSAID -> {}
            case CLOSE -> out.writeBytes(CLOSE);
            case KEEP_ALIVE -> out.writeBytes(KEEP_ALIVE);
            case UPGRADE -> out.writeBytes(UPGRADE);
        }
        return out.writeBytes(CRLF);
    }

    /** Copies from {@code from} to the last header line, in runs between lines that are left out. */
    private static void copyFields(MessageHead head, int from, ByteBuf out, boolean keepsChunks) {
        byte[] bytes = head.bytes();
        boolean request = head instanceof RequestHead;
        boolean ownHost = head instanceof RequestHead parsed && (parsed.isAbsolute() || parsed.isHttp10());
        int run = from;
        for (int field = 0; field < head.count(); field++) {
            FieldName name = head.name(field);
            boolean dropped = name.isHopByHop()
                    || (name == FieldName.OTHER && head.isNamedByConnection(field))
                    || (name == FieldName.TRANSFER_ENCODING && !keepsChunks)
                    || (name == FieldName.HOST && ownHost)
                    || (request && isForgery(name));
            if (dropped) {
                out.writeBytes(bytes, run, head.lineStart(field) - run);
                run = head.lineStart(field + 1);
            }
        }
        out.writeBytes(bytes, run, head.lineStart(head.count()) - run);
    }

    /** What only the edge may say about a client. */
    static boolean isForgery(FieldName name) {
        return name == FieldName.X_FORWARDED
                || name == FieldName.X_REQUEST_ID
                || name == FieldName.X_REAL_IP
                || name == FieldName.FORWARDED
                || name == FieldName.LOOK_ALIKE;
    }
}
