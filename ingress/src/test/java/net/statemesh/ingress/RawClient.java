// SPDX-License-Identifier: Apache-2.0
package net.statemesh.ingress;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** A client that sends exactly the bytes it is given, and reads answers of HTTP/1.1. */
final class RawClient implements AutoCloseable {
    private static final int READ_TIMEOUT_MILLIS = 20_000;

    final Socket socket;
    final InputStream in;

    private RawClient(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(READ_TIMEOUT_MILLIS);
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    static RawClient plain(int port) {
        try {
            return new RawClient(new Socket(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static RawClient tls(int port, String serverName, SSLContext context) {
        try {
            SSLSocket socket =
                    (SSLSocket) context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setServerNames(List.of(new SNIHostName(serverName)));
            parameters.setApplicationProtocols(new String[] {"http/1.1"});
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            return new RawClient(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    RawClient send(String text) {
        try {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A request without a body. */
    RawClient get(String path) {
        return send("GET %s HTTP/1.1\r\nHost: %s\r\n\r\n".formatted(path, RouterFixture.SHOP));
    }

    /** An answer as it came, the body without chunk framing. */
    record Answer(String head, String body) {
        int status() {
            return Integer.parseInt(head.substring(9, 12));
        }

        String header(String name) {
            return head.lines()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":"))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .findFirst()
                    .orElse(null);
        }
    }

    Answer read() {
        try {
            String head = readHead();
            Answer parsed = new Answer(head, "");
            String length = parsed.header("content-length");
            if (parsed.status() < 200 || parsed.status() == 204 || parsed.status() == 304) {
                return parsed;
            }
            if (length != null) {
                return new Answer(head, new String(in.readNBytes(Integer.parseInt(length)), StandardCharsets.UTF_8));
            }
            if ("chunked".equals(parsed.header("transfer-encoding"))) {
                return new Answer(head, readChunks());
            }
            return new Answer(head, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String readHead() throws IOException {
        StringBuilder head = new StringBuilder();
        for (int value = in.read(); value >= 0; value = in.read()) {
            head.append((char) value);
            if (head.length() > 3 && head.substring(head.length() - 4).equals("\r\n\r\n")) {
                return head.toString();
            }
        }
        throw new IOException("closed after: " + head);
    }

    private String readChunks() throws IOException {
        StringBuilder body = new StringBuilder();
        while (true) {
            int size = Integer.parseInt(readLine(), 16);
            body.append(new String(in.readNBytes(size), StandardCharsets.UTF_8));
            String line = readLine();
            if (size == 0) {
                while (!line.isEmpty()) {
                    body.append('|').append(line);
                    line = readLine();
                }
                return body.toString();
            }
        }
    }

    private String readLine() throws IOException {
        StringBuilder line = new StringBuilder();
        int value = in.read();
        for (; value != '\n' && value >= 0; value = in.read()) {
            line.append((char) value);
        }
        if (value < 0) {
            throw new IOException("closed after: " + line);
        }
        return line.toString().strip();
    }

    /** Whether the other side has closed, after reading and dropping what it still sent. */
    boolean isAtEnd() {
        try {
            return in.read() < 0;
        } catch (IOException e) {
            // a reset is an end too; a timeout is not
            return !(e instanceof java.net.SocketTimeoutException);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
