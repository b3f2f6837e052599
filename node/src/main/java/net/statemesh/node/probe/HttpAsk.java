// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.probe;

import io.fabric8.kubernetes.api.model.HTTPHeader;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import net.statemesh.api.error.StateMeshException;
import net.statemesh.node.NodeErrors;
import net.statemesh.node.probe.Prober.Answer;

/** GET requests of probes and hooks: status 200 to 399 is well; the body is not read; redirects are not followed. */
public final class HttpAsk implements AutoCloseable {
    private static final int FIRST_GOOD = 200;
    private static final int FIRST_BAD = 400;

    private final HttpClient client;

    public HttpAsk() {
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .sslContext(trustingContext())
                .executor(command -> Thread.ofVirtual().name("probe-http").start(command))
                .build();
    }

    public Answer get(String url, List<HTTPHeader> headers, Duration timeout) {
        try {
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(URI.create(url)).timeout(timeout).header("User-Agent", "statemesh-probe/1");
            for (HTTPHeader header : headers) {
                if (!"Host".equalsIgnoreCase(header.getName())) {
                    request.header(header.getName(), header.getValue());
                }
            }
            HttpResponse<InputStream> response =
                    client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            response.body().close();
            int status = response.statusCode();
            return new Answer(status >= FIRST_GOOD && status < FIRST_BAD, "HTTP status " + status);
        } catch (IOException | IllegalArgumentException e) {
            return new Answer(false, "GET " + url + ": " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer(false, "interrupted");
        }
    }

    /** A probe asks whether a container is well, not who it is: its certificate is not checked, as in Kubernetes. */
    private static SSLContext trustingContext() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new AnyCertificate()}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new StateMeshException(NodeErrors.STATE, "this Java has no TLS.", List.of(), List.of(), e);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    private static final class AnyCertificate extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
