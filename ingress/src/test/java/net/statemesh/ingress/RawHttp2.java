// SPDX-License-Identifier: Apache-2.0
package net.statemesh.ingress;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** A client of HTTP/2 (RFC 9113) that sends exactly the frames it is told to, allowed or not. */
final class RawHttp2 implements AutoCloseable {
    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int RST_STREAM = 3;
    static final int SETTINGS = 4;
    static final int PING = 6;
    static final int GOAWAY = 7;
    static final int WINDOW_UPDATE = 8;
    static final int CONTINUATION = 9;

    static final int END_STREAM = 1;
    static final int ACK = 1;
    static final int END_HEADERS = 4;

    private static final int READ_TIMEOUT_MILLIS = 20_000;
    private static final int SMALL_BUFFER_BYTES = 8 << 10;
    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final SSLSocket socket;
    private final DataInputStream in;
    private final OutputStream out;

    /** One frame as it came. */
    @SuppressWarnings("ArrayRecordComponent") // read once, never compared
    record Frame(int type, int flags, int stream, byte[] payload) {
        boolean endsStream() {
            return (type == DATA || type == HEADERS) && (flags & END_STREAM) != 0;
        }

        /** Of RST_STREAM: its first number; of GOAWAY: its second. */
        int errorCode() {
            int at = type == GOAWAY ? 4 : 0;
            return ByteBuffer.wrap(payload).getInt(at);
        }
    }

    RawHttp2(int port, SSLContext context) throws IOException {
        socket = (SSLSocket) context.getSocketFactory().createSocket();
        // so that what is not read soon holds the router back
        socket.setReceiveBufferSize(SMALL_BUFFER_BYTES);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setServerNames(List.of(new SNIHostName(RouterFixture.SHOP)));
        parameters.setApplicationProtocols(new String[] {"h2"});
        socket.setSSLParameters(parameters);
        socket.setSoTimeout(READ_TIMEOUT_MILLIS);
        socket.startHandshake();
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        out = socket.getOutputStream();
        out.write(PREFACE);
        frame(SETTINGS, 0, 0, new byte[0]);
    }

    RawHttp2 frame(int type, int flags, int stream, byte[] payload) throws IOException {
        out.write(bytes(type, flags, stream, payload));
        out.flush();
        return this;
    }

    /** The same frame many times, in one write. */
    RawHttp2 frames(int count, int type, byte[] payload) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int i = 0; i < count; i++) {
            all.writeBytes(bytes(type, 0, 0, payload));
        }
        all.writeTo(out);
        return this;
    }

    private static byte[] bytes(int type, int flags, int stream, byte[] payload) {
        byte[] frame = new byte[9 + payload.length];
        frame[0] = (byte) (payload.length >>> 16);
        frame[1] = (byte) (payload.length >>> 8);
        frame[2] = (byte) payload.length;
        frame[3] = (byte) type;
        frame[4] = (byte) flags;
        frame[5] = (byte) (stream >>> 24);
        frame[6] = (byte) (stream >>> 16);
        frame[7] = (byte) (stream >>> 8);
        frame[8] = (byte) stream;
        System.arraycopy(payload, 0, frame, 9, payload.length);
        return frame;
    }

    /** Request headers in one frame; an odd stream number, higher than any before. */
    RawHttp2 headers(int stream, boolean end, String... namesAndValues) throws IOException {
        return frame(HEADERS, END_HEADERS | (end ? END_STREAM : 0), stream, block(namesAndValues));
    }

    /** A complete request for the root page. */
    RawHttp2 get(int stream) throws IOException {
        return headers(stream, true, request("GET", "/"));
    }

    static String[] request(String method, String path, String... more) {
        String[] pseudo = {":method", method, ":scheme", "https", ":path", path, ":authority", RouterFixture.SHOP};
        String[] all = new String[pseudo.length + more.length];
        System.arraycopy(pseudo, 0, all, 0, pseudo.length);
        System.arraycopy(more, 0, all, pseudo.length, more.length);
        return all;
    }

    /** Literal fields, never indexed, without Huffman coding (RFC 7541, 6.2.3). */
    static byte[] block(String... namesAndValues) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            block.write(0x10);
            text(block, namesAndValues[i]);
            text(block, namesAndValues[i + 1]);
        }
        return block.toByteArray();
    }

    private static void text(ByteArrayOutputStream block, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        int prefix = 127;
        if (bytes.length < prefix) {
            block.write(bytes.length);
        } else {
            block.write(prefix);
            int rest = bytes.length - prefix;
            for (; rest >= 128; rest >>>= 7) {
                block.write(rest % 128 + 128);
            }
            block.write(rest);
        }
        block.writeBytes(bytes);
    }

    /** The next frame; fails at the end of the connection. */
    Frame read() throws IOException {
        int length = (in.readUnsignedByte() << 16) | in.readUnsignedShort();
        int type = in.readUnsignedByte();
        int flags = in.readUnsignedByte();
        int stream = in.readInt();
        return new Frame(type, flags, stream, in.readNBytes(length));
    }

    /** The next frame of this type, on any stream. */
    Frame await(int type) throws IOException {
        Frame frame = read();
        while (frame.type() != type) {
            frame = read();
        }
        return frame;
    }

    /** Text of the answer on a stream: what its DATA frames hold. */
    String body(int stream) throws IOException {
        StringBuilder body = new StringBuilder();
        while (true) {
            Frame frame = read();
            if (frame.stream() == stream && frame.type() == DATA) {
                body.append(new String(frame.payload(), StandardCharsets.UTF_8));
            }
            if (frame.stream() == stream && (frame.endsStream() || frame.type() == RST_STREAM)) {
                return body.toString();
            }
        }
    }

    /** Error code with which the router ends the connection, or -1 when it just closes it. */
    int end() {
        int code = -1;
        try {
            while (true) {
                Frame frame = read();
                // the last farewell is a polite one
                code = frame.type() == GOAWAY ? Math.max(code, frame.errorCode()) : code;
            }
        } catch (java.net.SocketTimeoutException e) {
            throw new AssertionError("the connection goes on", e);
        } catch (IOException closed) {
            return code;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
