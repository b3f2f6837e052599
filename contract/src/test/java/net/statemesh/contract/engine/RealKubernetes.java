// SPDX-License-Identifier: Apache-2.0
package net.statemesh.contract.engine;

import io.fabric8.kubernetes.client.Config;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A real Kubernetes of {@code contract/kubernetes}, without nodes; it goes when this process goes, however that ends. */
public final class RealKubernetes implements Engine {
    private static final Path PROGRAM =
            Path.of(System.getProperty("statemesh.root", ".."), "contract", "kubernetes", "kubernetes");
    private static final int STOP_SECONDS = 60;

    private final Path folder;
    private final Process running;
    private final Users users;
    private final URI url;
    private int generation;

    private RealKubernetes(Path folder, Process running) throws IOException {
        this.folder = folder;
        this.running = running;
        this.users = new Users(folder.resolve("pki/ca.crt"), folder.resolve("pki/ca.key"));
        this.url = URI.create(Config.fromKubeconfig(Files.readString(kubeconfig()))
                .getMasterUrl()
                .replaceAll("/$", ""));
    }

    /** @param folder does not exist yet */
    public static RealKubernetes start(Path folder) {
        try {
            Process process = program("run", folder).start();
            BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
            if (out.readLine() == null) {
                throw new IllegalStateException("the real Kubernetes did not start: see above");
            }
            return new RealKubernetes(folder, process);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of an administrator. */
    public Path kubeconfig() {
        return folder.resolve("admin.kubeconfig");
    }

    /** One line of JSON per request of StateMesh's own identities. */
    public List<String> audit() throws IOException {
        try (Stream<String> lines = Files.lines(folder.resolve("audit.log"))) {
            return lines.toList();
        }
    }

    private static ProcessBuilder program(String command, Path folder) {
        return new ProcessBuilder(PROGRAM.toString(), command, "--folder", folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
    }

    @Override
    public URI url() {
        return url;
    }

    @Override
    public Users users() {
        return users;
    }

    @Override
    public void restartWithoutHistory() {
        generation++;
        try {
            compact();
            if (program("restart-api", folder).start().waitFor() != 0) {
                throw new IllegalStateException("the API server did not start again: see above");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What the API server asks of etcd every five minutes, now. */
    private void compact() throws IOException, InterruptedException {
        String revision = etcd("kv/range", "{\"key\":\"AA==\"}").replaceAll("(?s).*\"revision\":\"(\\d+)\".*", "$1");
        etcd("kv/compaction", "{\"revision\":\"" + revision + "\",\"physical\":true}");
    }

    private String etcd(String call, String body) throws IOException, InterruptedException {
        String port = Files.readString(folder.resolve("etcd-port")).strip();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v3/" + call))
                    .POST(HttpRequest.BodyPublishers.ofString(body))
                    .build();
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException("etcd: " + answer.body());
            }
            return answer.body();
        }
    }

    @Override
    public int generation() {
        return generation;
    }

    @Override
    public byte[] tokenSignature(String headerAndClaims) throws GeneralSecurityException {
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(tokenKey());
        signature.update(headerAndClaims.getBytes(StandardCharsets.US_ASCII));
        return signature.sign();
    }

    private PrivateKey tokenKey() throws GeneralSecurityException {
        try {
            String pem = Files.readString(folder.resolve("pki/tokens.key")).replaceAll("-----[A-Z ]+-----", "");
            return KeyFactory.getInstance("RSA")
                    .generatePrivate(
                            new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(pem)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            running.getOutputStream().close();
            if (!running.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the real Kubernetes did not stop; its folder is " + folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
