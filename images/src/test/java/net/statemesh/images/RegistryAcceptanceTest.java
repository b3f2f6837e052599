// SPDX-License-Identifier: Apache-2.0
package net.statemesh.images;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.statemesh.api.error.StateMeshException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a registry and a client that others wrote: docker-registry and skopeo. */
@Tag("acceptance")
class RegistryAcceptanceTest {
    @TempDir
    Path folder;

    @Test
    void pushedImageIsWhatSkopeoSees() throws Exception {
        try (DockerRegistry server = new DockerRegistry(folder, "");
                Registry registry = Registry.plain(server.hostAndPort());
                OciImage image = PauseImage.build()) {
            Digest digest = registry.push(image, PauseImage.REFERENCE);

            JsonNode seen =
                    skopeo("inspect", "--tls-verify=false", "docker://" + server.hostAndPort() + "/statemesh/pause:1");
            assertThat(seen.get("Digest").asText()).isEqualTo(digest.value());
            JsonNode config = skopeo(
                    "inspect",
                    "--config",
                    "--tls-verify=false",
                    "docker://" + server.hostAndPort() + "/statemesh/pause:1");
            assertThat(config.at("/config/Entrypoint").toString()).isEqualTo("[\"/pause\",\"-P\"]");
            assertThat(registry.resolve(PauseImage.REFERENCE)).contains(digest);
            assertThat(registry.tags("statemesh/pause")).containsExactly("1");
        }
    }

    @Test
    void everyLayerCanBeFetchedAndUnpackedByOthers() throws Exception {
        Files.writeString(folder.resolve("index.html"), "<h1>hi</h1>");
        Path site = Files.createDirectory(folder.resolve("site"));
        Files.writeString(site.resolve("index.html"), "<h1>hi</h1>");
        try (DockerRegistry server = new DockerRegistry(folder, "");
                Registry registry = Registry.plain(server.hostAndPort());
                OciImage image = StaticSite.build(site)) {
            registry.push(image, "web/shop:1");
            Path layout = folder.resolve("layout");
            run(
                    "skopeo",
                    "copy",
                    "--src-tls-verify=false",
                    "docker://" + server.hostAndPort() + "/web/shop:1",
                    "oci:" + layout + ":1");
            run(
                    "umoci",
                    "unpack",
                    "--rootless",
                    "--image",
                    layout + ":1",
                    folder.resolve("bundle").toString());
            assertThat(folder.resolve("bundle/rootfs/srv/www/index.html")).hasContent("<h1>hi</h1>");
            assertThat(folder.resolve("bundle/rootfs/bin/busybox")).isExecutable();
        }
    }

    @Test
    void pushingAgainMovesTheTagAndKeepsTheOldImage() throws Exception {
        try (DockerRegistry server = new DockerRegistry(folder, "");
                Registry registry = Registry.plain(server.hostAndPort());
                OciImage one =
                        new ImageBuilder().file("a", "1".getBytes(UTF_8), 0644).build();
                OciImage two =
                        new ImageBuilder().file("a", "2".getBytes(UTF_8), 0644).build()) {
            registry.push(one, "x/y:v");
            registry.push(one, "x/y:old");
            registry.push(two, "x/y:v");
            assertThat(registry.resolve("x/y:v")).contains(two.digest());
            assertThat(registry.resolve("x/y:old")).contains(one.digest());
            assertThat(registry.tags("x/y")).containsExactly("old", "v");
            assertThat(registry.manifest("x/y:none")).isEmpty();
            assertThat(registry.tags("not/there")).isEmpty();
        }
    }

    @Test
    void registryThatIsGoneIsNamed() throws Exception {
        String hostAndPort;
        try (DockerRegistry server = new DockerRegistry(folder, "")) {
            hostAndPort = server.hostAndPort();
        }
        try (Registry registry = Registry.plain(hostAndPort)) {
            assertThatThrownBy(() -> registry.resolve("x/y:1")).isInstanceOfSatisfying(StateMeshException.class, e -> {
                assertThat(e.code()).isEqualTo(ImageErrors.REGISTRY_UNREACHABLE);
                assertThat(e.sentence()).contains(hostAndPort, "x/y");
            });
        }
    }

    private JsonNode skopeo(String... arguments) throws IOException, InterruptedException {
        List<String> command = new java.util.ArrayList<>(List.of("skopeo"));
        command.addAll(List.of(arguments));
        return new ObjectMapper().readTree(run(command.toArray(String[]::new)));
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
