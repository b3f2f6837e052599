// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.down;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.statemesh.api.error.StateMeshException;
import net.statemesh.launcher.folder.JsonFile;
import net.statemesh.launcher.folder.ZoneFolder;
import net.statemesh.launcher.folder.ZoneRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PurgeTest {
    @TempDir
    Path temporary;

    @Test
    void folderThatOnlyLooksLikeAZoneIsRefused() throws IOException {
        for (String name : new String[] {"run", "nodes", "pki", "logs"}) {
            Files.createDirectories(temporary.resolve(name));
        }
        Files.writeString(temporary.resolve("zone.json"), "{ somebody else's");
        assertThatThrownBy(() -> Purge.requireZone(new ZoneFolder(temporary)))
                .isInstanceOf(StateMeshException.class)
                .hasMessageContaining("is not the folder of a zone");
    }

    @Test
    void folderOfAZoneThatDidNotGetFarIsAZone() throws IOException {
        ZoneFolder folder = new ZoneFolder(temporary);
        Files.createDirectories(folder.run());
        Files.createFile(folder.commandLock());
        Purge.requireZone(folder);
    }

    @Test
    void purgeRemovesWhatAZoneMakesAndTheEmptyFolder() throws IOException {
        ZoneFolder folder = zone();
        assertThat(Purge.run(folder)).isEmpty();
        assertThat(folder.root()).doesNotExist();
    }

    @Test
    void purgeKeepsFilesThatNoZoneMakesAndNamesThem() throws IOException {
        ZoneFolder folder = zone();
        Path thesis = Files.writeString(folder.root().resolve("thesis.txt"), "years of work");
        assertThat(Purge.run(folder)).containsExactly("thesis.txt");
        assertThat(folder.zoneJson()).doesNotExist();
        assertThat(thesis).hasContent("years of work");
    }

    @Test
    void linksAreRemovedAndNotFollowed() throws IOException {
        ZoneFolder folder = zone();
        Path outside = Files.createDirectories(temporary.resolve("outside"));
        Path kept = Files.writeString(outside.resolve("kept"), "kept");
        Files.createSymbolicLink(folder.run().resolve("link"), outside);
        Purge.run(folder);
        assertThat(kept).exists();
    }

    @Test
    void oneZoneUnderTwoNamesIsOneZone() throws IOException {
        ZoneFolder folder = zone();
        Path link = Files.createSymbolicLink(temporary.resolve("link"), folder.root());
        assertThat(new ZoneFolder(link)).isEqualTo(folder);
        assertThat(new ZoneFolder(link.resolve("not/yet")).root())
                .isEqualTo(folder.root().resolve("not/yet"));
    }

    private ZoneFolder zone() throws IOException {
        ZoneFolder folder = new ZoneFolder(Files.createDirectories(temporary.resolve("zone")));
        Files.createDirectories(folder.run());
        Files.createDirectories(folder.node("node-1").resolve("containerd"));
        JsonFile.write(
                folder.zoneJson(),
                new ZoneRecord("z", "statemesh.localhost", 1, 2, 3, 64, "10.64.0.1:5000", List.of(), List.of()));
        return folder;
    }
}
