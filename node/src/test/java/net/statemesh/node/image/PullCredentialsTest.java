// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.statemesh.node.cri.ImageView;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PullCredentialsTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "busybox, docker.io",
        "library/busybox:1, docker.io",
        "10.64.0.1:5000/shop:2, 10.64.0.1:5000",
        "localhost/x, localhost",
        "registry.example.com/a/b@sha256:0, registry.example.com"
    })
    void registryIsTheFirstPartIfItLooksLikeAHost(String image, String registry) {
        assertThat(PullCredentials.registry(image)).isEqualTo(registry);
    }

    @Test
    void onlyCredentialsOfTheImagesRegistryAreUsed() {
        var secret = secret("""
                {"auths": {"https://registry.example.com/v2/": {"username": "u", "password": "p"},
                           "other.example.com": {"auth": "eA=="}}}""");
        assertThat(PullCredentials.of("registry.example.com/a:1", List.of(secret)))
                .singleElement()
                .satisfies(c -> assertThat(c.getUsername()).isEqualTo("u"));
        assertThat(PullCredentials.of("third.example.com/a:1", List.of(secret))).isEmpty();
        assertThat(PullCredentials.of(
                        "busybox",
                        List.of(secret("{\"auths\": {\"https://index.docker.io/v1/\": {\"auth\": \"eDp5\"}}}"))))
                .hasSize(1);
    }

    @Test
    void unreadableSecretCountsAsEmpty() {
        assertThat(PullCredentials.of("busybox", List.of(secret("{"), Map.of())))
                .isEmpty();
    }

    @Test
    void unusedImagesMakeRoomOldestFirst() {
        ImageView used = image("used", 50);
        ImageView old = image("old", 4);
        ImageView older = image("older", 4);
        ImageView young = image("young", 50);
        var inventory = new ImageCollection.Inventory(
                List.of(used, old, older, young),
                Set.of("used"),
                Map.of(
                        "used", NOW.minus(Duration.ofDays(9)),
                        "old", NOW.minus(Duration.ofDays(1)),
                        "older", NOW.minus(Duration.ofDays(2)),
                        "young", NOW.minusSeconds(1)));
        assertThat(ImageCollection.toRemove(inventory, 100, 84, NOW)).isEmpty();
        assertThat(ImageCollection.toRemove(inventory, 100, 86, NOW)).containsExactly(older, old);
        assertThat(ImageCollection.toRemove(inventory, 100, 99, NOW)).containsExactly(older, old);
        assertThat(ImageCollection.toRemove(inventory, 0, 0, NOW)).isEmpty();
    }

    private static ImageView image(String id, long sizeBytes) {
        return new ImageView(id, List.of(), List.of(), sizeBytes, null, "", false);
    }

    private static Map<String, byte[]> secret(String json) {
        return Map.of(".dockerconfigjson", json.getBytes(StandardCharsets.UTF_8));
    }
}
