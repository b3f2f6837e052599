// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.network;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NodeMountsTest {
    @Test
    void mountPointsWithSpacesAreReadAsTheyAre() {
        assertThat(NodeMounts.unescape("/srv/my\\040zone/run")).isEqualTo("/srv/my zone/run");
        assertThat(NodeMounts.unescape("/srv/back\\134slash")).isEqualTo("/srv/back\\slash");
    }
}
