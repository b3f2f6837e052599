// SPDX-License-Identifier: Apache-2.0
package net.statemesh.acceptance;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** A connection that the router passes on as a WebSocket's (RFC 6455, section 4). The other end says who it is, and then echoes lines. */
final class UpgradedConnection implements AutoCloseable {
    private static final int PATIENCE_MILLIS = (int) Duration.ofSeconds(20).toMillis();

    private final SSLSocket socket;
    private final BufferedReader reader;
    private final String replica;

    UpgradedConnection(SSLContext trust, URI url) {
        try {
            socket = (SSLSocket) trust.getSocketFactory().createSocket("127.0.0.1", url.getPort());
            socket.setSoTimeout(PATIENCE_MILLIS);
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setServerNames(List.of(new SNIHostName(url.getHost())));
            socket.setSSLParameters(parameters);
            reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            write("GET " + url.getPath() + " HTTP/1.1\r\nHost: " + url.getHost() + ":" + url.getPort()
                    + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13"
                    + "\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
            String status = line();
            if (!status.startsWith("HTTP/1.1 101")) {
                throw new AssertionError("not upgraded: " + status);
            }
            String header = line();
            while (!header.isEmpty()) {
                header = line();
            }
            replica = line();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Name of the pod at the other end. */
    String replica() {
        return replica;
    }

    /** Whether a line still comes back. */
    boolean echoes(String text) {
        try {
            write(text + "\n");
            return line().equals(text);
        } catch (IOException e) {
            return false;
        }
    }

    private void write(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }

    private String line() throws IOException {
        String line = reader.readLine();
        if (line == null) {
            throw new IOException("the connection has ended");
        }
        return line;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
