// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import net.statemesh.node.cri.wire.AuthConfig;

/** Registry credentials out of {@code kubernetes.io/dockerconfigjson} Secrets. */
final class PullCredentials {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DEFAULT_REGISTRY = "docker.io";
    private static final List<String> DEFAULT_REGISTRY_NAMES =
            List.of("docker.io", "index.docker.io", "registry-1.docker.io");

    private PullCredentials() {}

    /** Those that the Secrets hold for the registry of this image, in order. A Secret that is not of this form counts as empty. */
    static List<AuthConfig> of(String image, List<Map<String, byte[]>> secrets) {
        String registry = registry(image);
        List<AuthConfig> found = new ArrayList<>();
        for (Map<String, byte[]> secret : secrets) {
            byte[] modern = secret.get(".dockerconfigjson");
            byte[] old = secret.get(".dockercfg");
            JsonNode entries =
                    modern != null ? read(modern).path("auths") : old != null ? read(old) : read(new byte[0]);
            entries.properties().stream()
                    .filter(e -> matches(e.getKey(), registry, image))
                    .map(e -> config(registry, e.getValue()))
                    .forEach(found::add);
        }
        return found;
    }

    /** Host and port of the registry that an image reference names. */
    static String registry(String image) {
        int slash = image.indexOf('/');
        String first = slash < 0 ? "" : image.substring(0, slash);
        boolean isHost = first.contains(".") || first.contains(":") || first.equals("localhost");
        return isHost ? first : DEFAULT_REGISTRY;
    }

    private static boolean matches(String key, String registry, String image) {
        String place =
                key.toLowerCase(Locale.ROOT).replaceFirst("^https?://", "").replaceFirst("/v[12]/?$", "");
        String host = place.contains("/") ? place.substring(0, place.indexOf('/')) : place;
        boolean sameHost = host.equals(registry)
                || (DEFAULT_REGISTRY_NAMES.contains(host) && DEFAULT_REGISTRY_NAMES.contains(registry));
        String path = place.substring(host.length()).replaceFirst("/$", "");
        return sameHost && (path.isEmpty() || image.startsWith(registry + path + "/"));
    }

    private static AuthConfig config(String registry, JsonNode entry) {
        return AuthConfig.newBuilder()
                .setUsername(entry.path("username").asText(""))
                .setPassword(entry.path("password").asText(""))
                .setAuth(entry.path("auth").asText(""))
                .setIdentityToken(entry.path("identitytoken").asText(""))
                .setServerAddress(registry)
                .build();
    }

    private static JsonNode read(byte[] json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            return JSON.createObjectNode();
        }
    }
}
