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
import java.nio.file.attribute.FileTime;
import java.util.List;
import net.statemesh.api.error.StateMeshException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageBuilderTest {
    private static final byte[] HELLO = "hello".getBytes(UTF_8);

    @TempDir
    Path folder;

    @Test
    void sameContentsInAnyOrderAndAtAnyTimeGiveTheSameDigest() throws IOException {
        Path early = Files.write(folder.resolve("early"), HELLO);
        Path late = Files.write(folder.resolve("late"), HELLO);
        Files.setLastModifiedTime(early, FileTime.fromMillis(1_000_000));
        try (OciImage one = new ImageBuilder()
                        .file("b/x", early, 0644)
                        .file("a", HELLO, 0755)
                        .build();
                OciImage other = new ImageBuilder()
                        .file("/a", HELLO, 0755)
                        .file("/b/x", late, 0644)
                        .build()) {
            assertThat(one.digest()).isEqualTo(other.digest());
            assertThat(Files.readAllBytes(one.layers().getFirst().file()))
                    .isEqualTo(Files.readAllBytes(other.layers().getFirst().file()));
        }
    }

    @Test
    void anotherModeGivesAnotherDigest() {
        try (OciImage one = new ImageBuilder().file("a", HELLO, 0644).build();
                OciImage other = new ImageBuilder().file("a", HELLO, 0600).build()) {
            assertThat(one.digest()).isNotEqualTo(other.digest());
        }
    }

    @Test
    void layerListsParentsFirstOwnedByRootAtTimeZero() throws IOException {
        String deep = "d".repeat(90) + "/" + "e".repeat(90);
        try (OciImage image = new ImageBuilder()
                .file(deep, HELLO, 0600)
                .directory("a", 01777)
                .file("a/ü.txt", HELLO, 0644)
                .build()) {
            assertThat(LayerReading.items(image.layers().getFirst()))
                    .containsExactly(
                            new LayerReading.Item("a/", "1777", 0, 0, ""),
                            new LayerReading.Item("a/ü.txt", "644", 0, 0, "hello"),
                            new LayerReading.Item("d".repeat(90) + "/", "755", 0, 0, ""),
                            new LayerReading.Item(deep, "600", 0, 0, "hello"));
        }
    }

    @Test
    void digestsNameTheBytes() throws IOException {
        try (OciImage image = new ImageBuilder().file("a", HELLO, 0644).build()) {
            Layer layer = image.layers().getFirst();
            byte[] compressed = Files.readAllBytes(layer.file());
            assertThat(Digest.of(compressed)).isEqualTo(layer.digest());
            assertThat(layer.sizeBytes()).isEqualTo(compressed.length);
            try (var in = new java.util.zip.GZIPInputStream(Files.newInputStream(layer.file()))) {
                assertThat(Digest.of(in.readAllBytes())).isEqualTo(layer.diffId());
            }
        }
    }

    @Test
    void configurationSaysHowToRunIt() throws IOException {
        try (OciImage image = new ImageBuilder()
                .file("a", HELLO, 0644)
                .nextLayer()
                .file("b", HELLO, 0644)
                .entrypoint("/a", "-x")
                .command("y")
                .env("ZONE", "local")
                .env("A", "b=c")
                .expose(8080)
                .user("1:2")
                .workingDirectory("/srv")
                .build()) {
            JsonNode root = new ObjectMapper().readTree(image.config());
            JsonNode config = root.get("config");
            assertThat(config.toString())
                    .isEqualTo(
                            "{\"User\":\"1:2\",\"ExposedPorts\":{\"8080/tcp\":{}},\"Env\":[\"A=b=c\",\"ZONE=local\"],"
                                    + "\"Entrypoint\":[\"/a\",\"-x\"],\"Cmd\":[\"y\"],\"WorkingDir\":\"/srv\"}");
            assertThat(root.at("/rootfs/diff_ids/1").asText())
                    .isEqualTo(image.layers().get(1).diffId().value());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "../etc/passwd", "a/../../b", "a//b", "./a", "a/.", "a\\b", "a\0b"})
    void refusesPathsThatCouldLeaveTheImage(String path) {
        assertThatThrownBy(() -> new ImageBuilder().file(path, HELLO, 0644))
                .isInstanceOfSatisfying(
                        StateMeshException.class, e -> assertThat(e.code()).isEqualTo(ImageErrors.INVALID));
    }

    @Test
    void refusesAFileBelowAFileAndTheSamePathTwice() {
        ImageBuilder image = new ImageBuilder().file("a", HELLO, 0644);
        assertThatThrownBy(() -> image.file("a/b", HELLO, 0644)).hasMessageContaining("'a' is a file already");
        assertThatThrownBy(() -> image.file("a", HELLO, 0644)).hasMessageContaining("it is there already");
    }

    @Test
    void aFileThatGrowsMeanwhileFailsAndLeavesNothingBehind() throws IOException {
        Path growing = Files.write(folder.resolve("growing"), HELLO);
        ImageBuilder image = new ImageBuilder().file("a", growing, 0644);
        Files.writeString(growing, "hello and more");
        List<Path> before = spools();
        assertThatThrownBy(image::build).isInstanceOf(StateMeshException.class);
        assertThat(spools()).isEqualTo(before);
    }

    @Test
    void closingDeletesTheSpooledLayers() throws IOException {
        OciImage image = new ImageBuilder().file("a", HELLO, 0644).build();
        Path spool = image.layers().getFirst().file();
        assertThat(spool).exists();
        image.close();
        assertThat(spool.getParent()).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Web:1", "web", "web:", ":1", "/web:1", "web//x:1", "web:a b", "we b:1"})
    void refusesMalformedReferences(String text) {
        assertThatThrownBy(() -> ImageReference.parse(text))
                .hasMessageContaining("'" + text + "' is no image reference");
    }

    private static List<Path> spools() throws IOException {
        try (var files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(path -> path.getFileName().toString().startsWith("statemesh-image-"))
                    .sorted()
                    .toList();
        }
    }
}
