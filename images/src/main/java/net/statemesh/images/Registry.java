// SPDX-License-Identifier: Apache-2.0
package net.statemesh.images;

import java.io.FileNotFoundException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import net.statemesh.api.error.StateMeshException;
import org.jspecify.annotations.Nullable;

/**
 * Client of one OCI registry (OCI distribution specification 1.0): each blob in one upload, manifests, tags. Uploads are
 * content-addressed and a tag moves last, so a failed push leaves nothing half there and may be repeated.
 */
public final class Registry implements AutoCloseable {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration METADATA_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration UPLOAD_TIMEOUT = Duration.ofMinutes(10);

    private final String hostAndPort;
    private final URI root;
    private final HttpClient http;
    private final RegistryExchange exchange;

    private Registry(String hostAndPort, @Nullable SSLContext tls) {
        this.hostAndPort = hostAndPort;
        this.root = URI.create((tls == null ? "http://" : "https://") + hostAndPort + "/v2/");
        HttpClient.Builder builder =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT_TIMEOUT);
        this.http = (tls == null ? builder : builder.sslContext(tls)).build();
        this.exchange = new RegistryExchange(http, hostAndPort);
    }

    /** Over HTTPS; {@code tls} trusts the registry's CA and carries the client's certificate. */
    public static Registry secure(String hostAndPort, SSLContext tls) {
        return new Registry(hostAndPort, tls);
    }

    /** Without encryption: for tests on loopback. */
    public static Registry plain(String hostAndPort) {
        return new Registry(hostAndPort, null);
    }

    /** {@code host:port/repository@sha256:…}, as nodes pull it: what it names never changes. */
    public String pullName(ImageReference reference, Digest digest) {
        return hostAndPort + "/" + reference.repository() + "@" + digest;
    }

    /** Uploads what is missing, then points the tag at the image. */
    public Digest push(OciImage image, String reference) {
        ImageReference target = ImageReference.parse(reference);
        for (Layer layer : image.layers()) {
            if (!hasBlob(target, layer.digest())) {
                upload(target, layer.digest(), BlobSource.file(layer.file()));
            }
        }
        Digest config = Digest.of(image.config());
        if (!hasBlob(target, config)) {
            upload(target, config, () -> BodyPublishers.ofByteArray(image.config()));
        }
        URI manifest = at(target, "manifests/" + target.tag());
        HttpResponse<byte[]> answer = exchange.send(
                target,
                () -> HttpRequest.newBuilder(manifest)
                        .timeout(METADATA_TIMEOUT)
                        .header("Content-Type", OciJson.MANIFEST_TYPE)
                        .PUT(BodyPublishers.ofByteArray(image.manifest()))
                        .build());
        exchange.expect(target, answer, 201);
        return image.digest();
    }

    /** Digest that a tag points at; empty when the registry does not know it. */
    public Optional<Digest> resolve(String reference) {
        ImageReference target = ImageReference.parse(reference);
        HttpResponse<byte[]> answer = get(target, "manifests/" + target.tag());
        if (answer.statusCode() == 404) {
            return Optional.empty();
        }
        exchange.expect(target, answer, 200);
        return Optional.of(Digest.of(answer.body()));
    }

    /** The manifest as stored; empty when the registry does not know it. */
    public Optional<byte[]> manifest(String reference) {
        ImageReference target = ImageReference.parse(reference);
        HttpResponse<byte[]> answer = get(target, "manifests/" + target.tag());
        if (answer.statusCode() == 404) {
            return Optional.empty();
        }
        exchange.expect(target, answer, 200);
        return Optional.of(answer.body());
    }

    /** Tags of a repository, sorted, the first {@value RegistryExchange#MAX_TAGS}; none when it does not exist. */
    public List<String> tags(String repository) {
        ImageReference target = new ImageReference(repository, "latest");
        HttpResponse<byte[]> answer = get(target, "tags/list?n=" + RegistryExchange.MAX_TAGS);
        if (answer.statusCode() == 404) {
            return List.of();
        }
        exchange.expect(target, answer, 200);
        List<String> tags = new ArrayList<>(RegistryExchange.tagsIn(answer.body()));
        tags.sort(null);
        return List.copyOf(tags);
    }

    private HttpResponse<byte[]> get(ImageReference target, String path) {
        return exchange.send(
                target,
                () -> HttpRequest.newBuilder(at(target, path))
                        .timeout(METADATA_TIMEOUT)
                        .header("Accept", OciJson.MANIFEST_TYPE + ", application/json")
                        .build());
    }

    private boolean hasBlob(ImageReference target, Digest digest) {
        HttpResponse<byte[]> answer = exchange.send(
                target,
                () -> HttpRequest.newBuilder(at(target, "blobs/" + digest))
                        .timeout(METADATA_TIMEOUT)
                        .HEAD()
                        .build());
        if (answer.statusCode() == 404) {
            return false;
        }
        exchange.expect(target, answer, 200);
        return true;
    }

    /** One retry unit is the pair of requests: an upload location is good for one attempt. */
    private void upload(ImageReference target, Digest digest, BlobSource content) {
        HttpResponse<byte[]> opened = exchange.send(
                target,
                () -> HttpRequest.newBuilder(at(target, "blobs/uploads/"))
                        .timeout(METADATA_TIMEOUT)
                        .POST(BodyPublishers.noBody())
                        .build());
        exchange.expect(target, opened, 202);
        URI location = root.resolve(opened.headers().firstValue("Location").orElseThrow(() -> noLocation(target)));
        if (!Objects.equals(location.getScheme(), root.getScheme())
                || !Objects.equals(location.getAuthority(), root.getAuthority())) {
            throw foreignLocation(location);
        }
        String separator = location.getRawQuery() == null ? "?" : "&";
        URI upload = URI.create(location + separator + "digest=" + digest);
        HttpResponse<byte[]> answer = exchange.send(
                target,
                () -> HttpRequest.newBuilder(upload)
                        .timeout(UPLOAD_TIMEOUT)
                        .header("Content-Type", "application/octet-stream")
                        .PUT(content.open())
                        .build());
        exchange.expect(target, answer, 201);
    }

    private URI at(ImageReference target, String path) {
        return root.resolve(target.repository() + "/" + path);
    }

    private StateMeshException noLocation(ImageReference target) {
        return new StateMeshException(
                ImageErrors.REGISTRY_REFUSED,
                "Registry " + hostAndPort + " opened an upload for " + target.repository()
                        + " but did not say where to send it.",
                List.of("the Location header is missing"),
                List.of("check that " + hostAndPort + " is an OCI registry"));
    }

    /** The client's certificate is for this registry alone. */
    private StateMeshException foreignLocation(URI location) {
        return new StateMeshException(
                ImageErrors.REGISTRY_REFUSED,
                "Registry " + hostAndPort + " wants uploads sent to another host.",
                List.of("Location: " + location),
                List.of("let the registry name itself (its http.host setting, or relative URLs)"));
    }

    /** Ends an upload that hangs, too. */
    @Override
    public void close() {
        http.shutdownNow();
    }

    /** Bodies are made afresh for every attempt. */
    interface BlobSource {
        BodyPublisher open();

        static BlobSource file(Path file) {
            return () -> {
                try {
                    return BodyPublishers.ofFile(file);
                } catch (FileNotFoundException e) {
                    throw new StateMeshException(
                            ImageErrors.FOLDER,
                            "The packed layer '" + file + "' is gone.",
                            List.of(),
                            List.of("try again"),
                            e);
                }
            };
        }
    }
}
