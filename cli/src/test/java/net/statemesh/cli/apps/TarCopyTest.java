// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.apps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import net.statemesh.api.error.StateMeshException;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TarCopyTest {
    @TempDir
    Path folder;

    @Test
    void foldersTravelWithTheirFiles() throws IOException {
        Path site = Files.createDirectories(folder.resolve("site/css"));
        Files.writeString(site.resolve("a.css"), "body{}");
        Files.writeString(folder.resolve("site/run.sh"), "#!/bin/sh").toFile().setExecutable(true);
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        TarCopy.pack(folder.resolve("site"), packed);
        long files = TarCopy.unpack(new ByteArrayInputStream(packed.toByteArray()), folder.resolve("out"));
        assertThat(files).isEqualTo(2).isEqualTo(TarCopy.count(folder.resolve("site")));
        assertThat(folder.resolve("out/site/css/a.css")).hasContent("body{}");
        assertThat(folder.resolve("out/site/run.sh")).isExecutable();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../evil", "a/../../evil", "/etc/evil"})
    void pathsThatLeadOutAreRefused(String name) throws IOException {
        byte[] archive = archive(new TarArchiveEntry(name, true), "x");
        assertThatThrownBy(() -> TarCopy.unpack(new ByteArrayInputStream(archive), folder.resolve("out")))
                .isInstanceOf(StateMeshException.class)
                .hasMessageContaining("is not unpacked");
        assertThat(folder.resolve("evil")).doesNotExist();
    }

    @Test
    void linksFromTheContainerAreNotMade() throws IOException {
        TarArchiveEntry link = new TarArchiveEntry("link", TarConstants.LF_SYMLINK);
        link.setLinkName("/etc");
        assertThat(TarCopy.unpack(new ByteArrayInputStream(archive(link, "")), folder.resolve("out")))
                .isZero();
        assertThat(folder.resolve("out")).isEmptyDirectory();
    }

    @Test
    void linksThatAreThereAlreadyAreNotFollowed(@TempDir Path elsewhere) throws IOException {
        Path out = Files.createDirectories(folder.resolve("out"));
        Files.createSymbolicLink(out.resolve("dir"), elsewhere);
        byte[] archive = archive(new TarArchiveEntry("dir/file"), "x");
        assertThatThrownBy(() -> TarCopy.unpack(new ByteArrayInputStream(archive), out))
                .hasMessageContaining("a link there leads out of the folder");
        assertThat(elsewhere).isEmptyDirectory();
    }

    private static byte[] archive(TarArchiveEntry entry, String content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            if (entry.isFile()) {
                entry.setSize(content.length());
            }
            tar.putArchiveEntry(entry);
            if (entry.isFile()) {
                tar.write(content.getBytes(StandardCharsets.UTF_8));
            }
            tar.closeArchiveEntry();
        }
        return bytes.toByteArray();
    }
}
