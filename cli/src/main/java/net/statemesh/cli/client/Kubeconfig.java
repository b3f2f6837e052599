// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import net.statemesh.api.error.StateMeshException;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * The part of a kubeconfig file that its current context uses.
 *
 * @param user name of the user entry
 * @param authorityPem trusted certificates; null: the platform's own
 * @param certificatePem client certificate chain; null: none
 * @param keyPem private key of the client certificate
 * @param token bearer token; null: none
 */
public record Kubeconfig(
        URI server,
        String user,
        @Nullable String authorityPem,
        @Nullable String certificatePem,
        @Nullable String keyPem,
        @Nullable String token) {
    private static final int MAX_BYTES = 1 << 20;

    /** Reads a file in YAML or JSON. */
    public static Kubeconfig read(Path file) {
        JsonNode root = parse(file);
        JsonNode context = named(root, "contexts", root.path("current-context").asText(), file)
                .path("context");
        JsonNode cluster =
                named(root, "clusters", context.path("cluster").asText(), file).path("cluster");
        String userName = context.path("user").asText();
        JsonNode user = named(root, "users", userName, file).path("user");
        if (user.has("exec") || user.has("auth-provider")) {
            throw unusable(file, "user '" + userName + "' gets its credentials from a plugin", null);
        }
        String token = text(user, "token");
        String tokenFile = text(user, "tokenFile");
        return new Kubeconfig(
                server(cluster, file),
                userName,
                pem(cluster, "certificate-authority", file),
                pem(user, "client-certificate", file),
                pem(user, "client-key", file),
                token == null && tokenFile != null ? content(file, tokenFile).strip() : token);
    }

    /** Who the API server takes this for, as far as the file tells: the name in the certificate, else that of the user entry. */
    public String identity() {
        if (certificatePem == null) {
            return user;
        }
        try {
            X509Certificate certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(certificatePem.getBytes(StandardCharsets.US_ASCII)));
            return new LdapName(certificate.getSubjectX500Principal().getName())
                    .getRdns().stream()
                            .filter(part -> part.getType().equalsIgnoreCase("CN"))
                            .map(part -> String.valueOf(part.getValue()))
                            .findFirst()
                            .orElse(user);
        } catch (CertificateException | InvalidNameException e) {
            return user; // whoever needs the certificate itself will say what is wrong with it
        }
    }

    private static URI server(JsonNode cluster, Path file) {
        String text = cluster.path("server").asText();
        try {
            URI server = URI.create(text);
            if (server.getHost() != null && ("https".equals(server.getScheme()) || "http".equals(server.getScheme()))) {
                return server;
            }
            throw unusable(file, "server is '" + text + "': accepted is https://HOST:PORT", null);
        } catch (IllegalArgumentException e) {
            throw unusable(file, "server is '" + text + "': accepted is https://HOST:PORT", e);
        }
    }

    private static JsonNode parse(Path file) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw unusable(file, "it is larger than " + MAX_BYTES + " bytes", null);
            }
            Object loaded = new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
            return new ObjectMapper().valueToTree(loaded);
        } catch (NoSuchFileException e) {
            throw unusable(file, "the file is not there", e);
        } catch (IOException | YamlEngineException e) {
            throw unusable(
                    file, String.valueOf(e.getMessage()).lines().findFirst().orElse("unreadable"), e);
        }
    }

    private static JsonNode named(JsonNode root, String list, String name, Path file) {
        for (JsonNode entry : root.path(list)) {
            if (entry.path("name").asText().equals(name)) {
                return entry;
            }
        }
        throw unusable(file, "it has no entry '" + name + "' in " + list, null);
    }

    /** Inline as base64 in {@code <field>-data}, or in a file beside the kubeconfig. */
    private static @Nullable String pem(JsonNode node, String field, Path file) {
        String inline = text(node, field + "-data");
        if (inline != null) {
            try {
                return new String(Base64.getDecoder().decode(inline), StandardCharsets.US_ASCII);
            } catch (IllegalArgumentException e) {
                throw unusable(file, field + "-data is no base64", e);
            }
        }
        String path = text(node, field);
        return path == null ? null : content(file, path);
    }

    private static String content(Path kubeconfig, String path) {
        Path target = kubeconfig.toAbsolutePath().resolveSibling(path);
        try {
            return Files.readString(target);
        } catch (IOException e) {
            throw unusable(kubeconfig, "'" + target + "' cannot be read", e);
        }
    }

    private static @Nullable String text(JsonNode node, String field) {
        return node.hasNonNull(field) ? node.get(field).asText() : null;
    }

    private static StateMeshException unusable(Path file, String why, @Nullable Throwable cause) {
        return new StateMeshException(
                ClientErrors.KUBECONFIG,
                "kubeconfig '" + file + "' cannot be used: " + why + ".",
                List.of(),
                List.of("statemesh up", "--data DIR of a zone that is there"),
                cause);
    }

    @Override
    public String toString() {
        return "Kubeconfig[" + server + " as " + user + "]";
    }
}
