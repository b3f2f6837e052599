// SPDX-License-Identifier: Apache-2.0
package net.statemesh.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import net.statemesh.api.error.StateMeshException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StaticSiteTest {
    @TempDir
    Path folder;

    @Test
    void packsPagesAndAServerThatNeedsNoRoot() throws IOException {
        write("index.html", "<h1>hi</h1>");
        write("img/logo.svg", "<svg/>");
        write(".well-known/acme", "token");
        try (OciImage image = StaticSite.build(folder)) {
            assertThat(LayerReading.paths(image))
                    .contains(
                            "bin/busybox",
                            "bin/init",
                            "bin/sh",
                            "bin/tar",
                            "srv/www/index.html",
                            "srv/www/img/logo.svg",
                            "srv/www/.well-known/acme");
            assertThat(LayerReading.text(image, "srv/www/index.html")).isEqualTo("<h1>hi</h1>");
            assertThat(new String(image.config(), StandardCharsets.UTF_8))
                    .contains("\"User\":\"65532:65532\"", "8080/tcp");
        }
    }

    @Test
    void anotherPageChangesOnlyTheLayerOfThePages() throws IOException {
        write("index.html", "one");
        try (OciImage before = StaticSite.build(folder)) {
            write("index.html", "two");
            try (OciImage after = StaticSite.build(folder)) {
                assertThat(after.layers().get(0).digest())
                        .isEqualTo(before.layers().get(0).digest());
                assertThat(after.layers().get(1).digest())
                        .isNotEqualTo(before.layers().get(1).digest());
            }
        }
    }

    @Test
    void leavesOutHiddenFiles() throws IOException {
        write("index.html", "x");
        write(".env", "PASSWORD=1");
        write(".git/config", "secret");
        try (OciImage image = StaticSite.build(folder)) {
            assertThat(LayerReading.paths(image)).noneMatch(path -> path.contains("/."));
        }
    }

    @Test
    void ownPageForWhatIsMissing() throws IOException {
        write("index.html", "x");
        write("404.html", "gone");
        try (OciImage image = StaticSite.build(folder)) {
            assertThat(LayerReading.text(image, "etc/httpd.conf")).startsWith("E404:/srv/www/404.html\n");
        }
    }

    @Test
    void withoutIndexSaysWhatIsThere() throws IOException {
        write("readme.md", "x");
        assertThatThrownBy(() -> StaticSite.build(folder)).isInstanceOfSatisfying(StateMeshException.class, e -> {
            assertThat(e.sentence()).isEqualTo("'" + folder + "' has no index.html and no Dockerfile.");
            assertThat(e.evidence()).containsExactly("found 1 files: readme.md");
        });
    }

    @Test
    void missingFolderIsSaid() {
        assertThatThrownBy(() -> StaticSite.build(folder.resolve("nope"))).hasMessageContaining("is not there.");
    }

    @Test
    void linkInsideIsFollowed() throws IOException {
        write("index.html", "x");
        write("assets/a.css", "body{}");
        Files.createSymbolicLink(folder.resolve("b.css"), Path.of("assets/a.css"));
        try (OciImage image = StaticSite.build(folder)) {
            assertThat(LayerReading.text(image, "srv/www/b.css")).isEqualTo("body{}");
        }
    }

    @Test
    void linkOutOfTheFolderIsRefused(@TempDir Path elsewhere) throws IOException {
        write("index.html", "x");
        Path secret = Files.writeString(elsewhere.resolve("secret"), "s");
        Files.createSymbolicLink(folder.resolve("page.html"), secret);
        Path target = secret.toRealPath();
        assertThatThrownBy(() -> StaticSite.build(folder)).isInstanceOfSatisfying(StateMeshException.class, e -> {
            assertThat(e.sentence()).isEqualTo("'page.html' links out of the folder.");
            assertThat(e.evidence()).containsExactly("it leads to " + target);
        });
    }

    @Test
    void linkToAFolderAboveIsRefused() throws IOException {
        write("index.html", "x");
        write("a/b.html", "x");
        Files.createSymbolicLink(folder.resolve("a/loop"), folder.resolve("a"));
        assertThatThrownBy(() -> StaticSite.build(folder)).hasMessageContaining("'a/loop' links to a folder above it.");
    }

    @Test
    void programsMustBeStaticAndPresent() {
        assertThatThrownBy(() -> HostProgram.statically(folder.resolve("none"), "busybox-static"))
                .isInstanceOfSatisfying(
                        StateMeshException.class,
                        e -> assertThat(e.next())
                                .containsExactly("apt-get install -y --no-install-recommends busybox-static"));
        Path java = Path.of(System.getProperty("java.home"), "bin/java");
        assertThatThrownBy(() -> HostProgram.statically(java, "x"))
                .hasMessageContaining("is not a statically linked program.");
    }

    private void write(String path, String content) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }
}
