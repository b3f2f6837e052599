// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TableTest {
    @Test
    void columnsAreAsWideAsTheirWidestCell() {
        Table table = new Table("NAME", "READY").row("shop", "2/2").row("a", "10/10");
        assertThat(table.lines(100)).containsExactly("NAME  READY", "shop  2/2", "a     10/10");
    }

    @Test
    void theWidestColumnIsCutFirst() {
        Table table = new Table("NAME", "URL").row("shop", "https://shop-x7k2p.local-1.statemesh.localhost:8443");
        assertThat(table.lines(20)).containsExactly("NAME  URL", "shop  https://shop-…");
    }

    @Test
    void neverWiderThanAsked() {
        Table table = new Table("A", "B", "C").row("a".repeat(60), "ü".repeat(60), "c".repeat(60));
        assertThat(table.lines(Table.MAX_COLUMNS)).allMatch(line -> line.length() <= Table.MAX_COLUMNS);
    }
}
