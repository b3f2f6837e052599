// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import net.statemesh.launcher.folder.ZoneFolder;
import net.statemesh.node.volume.Mount;
import org.junit.jupiter.api.Test;

class NodeMountsTest {
    @Test
    void disksOfTheUserAtOrBelowTheZoneFolderStayMounted() {
        ZoneFolder folder = new ZoneFolder(Path.of("/no/such/zone"));
        Mount disk = new Mount(folder.root(), "ext4");
        Mount images = new Mount(folder.node("node-1").resolve("containerd"), "xfs");
        Mount ramDisk = new Mount(folder.root(), "tmpfs");
        Mount pins = new Mount(folder.namespaces(), "ext4");
        Mount pin = new Mount(folder.mountNamespace("node-1"), "nsfs");
        Mount volume = new Mount(folder.node("node-1").resolve("agent/pods/1/volumes/cache"), "tmpfs");
        Mount foreign = new Mount(Path.of("/no/such/zone-2/run/namespaces"), "nsfs");

        assertThat(NodeMounts.ownMounts(folder, List.of(disk, images, ramDisk, pins, pin, volume, foreign)))
                .containsExactlyInAnyOrder(pins.point(), pin.point(), volume.point());
    }

    @Test
    void whatIsMountedDeeperIsUnmountedFirst() {
        ZoneFolder folder = new ZoneFolder(Path.of("/no/such/zone"));
        List<Mount> mounts =
                List.of(new Mount(folder.namespaces(), "ext4"), new Mount(folder.mountNamespace("node-1"), "nsfs"));
        assertThat(NodeMounts.ownMounts(folder, mounts))
                .containsExactly(folder.mountNamespace("node-1"), folder.namespaces());
    }
}
