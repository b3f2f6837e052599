// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.volume;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class MountTest {
    private static final String LINE = "36 35 98:0 /mnt1 %s rw,noatime master:1 - %s /dev/root rw,errors=continue";

    @Test
    void mountPointsWithSpacesAreReadAsTheyAre() {
        assertThat(Mount.parse(LINE.formatted("/srv/my\\040zone/run", "ext4")))
                .isEqualTo(new Mount(Path.of("/srv/my zone/run"), "ext4"));
        assertThat(Mount.parse(LINE.formatted("/srv/back\\134slash", "tmpfs")))
                .isEqualTo(new Mount(Path.of("/srv/back\\slash"), "tmpfs"));
    }
}
