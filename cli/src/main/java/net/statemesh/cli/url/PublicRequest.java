// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.url;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * One request as a customer makes it: over TLS to the generated name. Names below {@code localhost} are on this machine, whatever the
 * resolver knows about them (RFC 6761, 6.3).
 */
public final class PublicRequest {
    private static final int TIMEOUT_MILLIS = 5_000;
    private static final int MAX_BYTES = 16 << 10;
    private static final int CHUNK_BYTES = 4 << 10;
    private static final int HTTPS_PORT = 443;
    private static final String LOCAL = ".localhost";

    private final SSLContext tls;
    private final URI url;

    /** {@code tls} trusts the authority that the router's certificates come from. */
    public PublicRequest(SSLContext tls, URI url) {
        this.tls = tls;
        this.url = url;
    }

    /** Sends it; {@link IOException} when nobody answers in HTTP. */
    public PublicAnswer send() throws IOException {
        int port = url.getPort() < 0 ? HTTPS_PORT : url.getPort();
        try (Socket plain = new Socket()) {
            plain.connect(new InetSocketAddress(address(), port), TIMEOUT_MILLIS);
            plain.setSoTimeout(TIMEOUT_MILLIS);
            try (SSLSocket socket = (SSLSocket) tls.getSocketFactory().createSocket(plain, url.getHost(), port, true)) {
                SSLParameters parameters = socket.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                socket.setSSLParameters(parameters);
                socket.getOutputStream().write(request().getBytes(StandardCharsets.US_ASCII));
                return PublicAnswer.parse(start(socket.getInputStream()));
            } catch (IllegalArgumentException e) {
                throw new IOException(e.getMessage(), e);
            }
        }
    }

    private InetAddress address() throws IOException {
        return url.getHost().endsWith(LOCAL) ? InetAddress.getLoopbackAddress() : InetAddress.getByName(url.getHost());
    }

    private String request() {
        String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        return "GET " + path + " HTTP/1.1\r\nHost: " + url.getAuthority()
                + "\r\nAccept: application/json\r\nUser-Agent: statemesh\r\nConnection: close\r\n\r\n";
    }

    /** Reads on until it is clear who answered: an application may never end its body. */
    private static String start(InputStream in) throws IOException {
        StringBuilder text = new StringBuilder();
        byte[] chunk = new byte[CHUNK_BYTES];
        int length = in.read(chunk);
        while (length >= 0) {
            text.append(new String(chunk, 0, length, StandardCharsets.ISO_8859_1));
            if (text.length() >= MAX_BYTES || PublicAnswer.isEnough(text)) {
                break;
            }
            length = in.read(chunk);
        }
        return text.toString();
    }
}
