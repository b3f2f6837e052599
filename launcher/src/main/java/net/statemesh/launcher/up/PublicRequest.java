// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.up;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import net.statemesh.launcher.folder.ZoneFolder;
import net.statemesh.launcher.pki.MutualTls;

/**
 * One request as a customer on this machine makes it: over TLS to the generated name, trusting the public CA only. Connects to
 * loopback itself, since not every resolver knows names below localhost (RFC 6761, 6.3).
 */
final class PublicRequest {
    private static final int TIMEOUT_MILLIS = 2_000;

    private final SSLContext tls;
    private final URI url;

    PublicRequest(ZoneFolder folder, URI url) {
        this.tls = MutualTls.customer(folder);
        this.url = url;
    }

    /** What keeps it from being answered with 200; empty when it is. */
    Optional<String> missing() {
        try (Socket plain = new Socket()) {
            plain.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), url.getPort()), TIMEOUT_MILLIS);
            plain.setSoTimeout(TIMEOUT_MILLIS);
            try (SSLSocket socket =
                    (SSLSocket) tls.getSocketFactory().createSocket(plain, url.getHost(), url.getPort(), true)) {
                SSLParameters parameters = socket.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                socket.setSSLParameters(parameters);
                String answer = ask(socket);
                return answer.startsWith("HTTP/1.1 200 ") ? Optional.empty() : Optional.of(url + " answers: " + answer);
            }
        } catch (IOException e) {
            return Optional.of(url + ": " + e.getMessage());
        }
    }

    private String ask(SSLSocket socket) throws IOException {
        String request = "GET / HTTP/1.1\r\nHost: " + url.getAuthority() + "\r\nConnection: close\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        String line = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                .readLine();
        return line == null ? "nothing" : line;
    }
}
