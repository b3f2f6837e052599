// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.up;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NodeShareTest {
    private static final long GIB = 1L << 30;

    @Test
    void nodesShareTheMachineWithoutItsReserve() {
        assertThat(NodeShare.share(25 * GIB, 3)).isEqualTo(8 * GIB);
        assertThat(NodeShare.share(2 * GIB, 1)).isEqualTo(GIB);
    }

    @Test
    void noNodeIsUselesslySmall() {
        assertThat(NodeShare.share(GIB, 3)).isEqualTo(GIB / 2);
    }
}
