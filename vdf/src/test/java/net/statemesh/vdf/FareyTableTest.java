// SPDX-License-Identifier: Apache-2.0
package net.statemesh.vdf;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FareyTableTest {
    private static final int SIZE = 1 << FareyTable.INDEX_BITS;

    @Test
    void neighboursEncloseTheirIntervalByAUnimodularMatrix() {
        for (int i = 1; i < SIZE - 1; i++) {
            long entry = FareyTable.entry(i);
            long p1 = FareyTable.p1(entry);
            long q1 = FareyTable.q1(entry);
            long p2 = FareyTable.p2(entry);
            long q2 = FareyTable.q2(entry);
            assertThat(p2 * q1 - p1 * q2).as("entry %s", i).isEqualTo(1);
            assertThat(p1 * SIZE).as("entry %s", i).isLessThanOrEqualTo(i * q1);
            assertThat(p2 * SIZE).as("entry %s", i).isGreaterThan((i + 1) * q2);
        }
    }

    @Test
    void ratiosNearTheEndsHaveNoEntry() {
        assertThat(FareyTable.entry(0)).isZero();
        assertThat(FareyTable.entry(SIZE - 1)).isZero();
        assertThat(FareyTable.entry(SIZE)).isZero();
    }
}
