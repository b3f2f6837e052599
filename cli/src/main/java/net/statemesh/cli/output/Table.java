// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.output;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Text in columns, two spaces apart. */
public final class Table {
    /** Width that a listing fits unless {@code -o wide} was asked for. */
    public static final int MAX_COLUMNS = 100;

    private static final String GAP = "  ";
    private static final int MIN_COLUMN = 6;

    private final List<String[]> rows = new ArrayList<>();

    public Table(String... headings) {
        rows.add(headings);
    }

    /** Adds a row with as many cells as there are headings. */
    public Table row(String... cells) {
        if (cells.length != rows.getFirst().length) {
            throw new IllegalArgumentException("a row of " + cells.length + " cells in a table of "
                    + rows.getFirst().length + " columns: " + Arrays.toString(cells));
        }
        rows.add(cells);
        return this;
    }

    /** Lines without trailing blanks; the widest columns are cut where the whole is wider than {@code maxColumns}. */
    public List<String> lines(int maxColumns) {
        int[] widths = widths(maxColumns);
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private int[] widths(int maxColumns) {
        int[] widths = new int[rows.getFirst().length];
        for (String[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                widths[i] = Math.max(widths[i], row[i].codePointCount(0, row[i].length()));
            }
        }
        int total = Arrays.stream(widths).sum() + GAP.length() * (widths.length - 1);
        while (total > maxColumns) {
            int widest = 0;
            for (int i = 1; i < widths.length; i++) {
                widest = widths[i] >= widths[widest] ? i : widest;
            }
            if (widths[widest] <= MIN_COLUMN) {
                break;
            }
            widths[widest]--;
            total--;
        }
        return widths;
    }

    private static String line(String[] row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < row.length; i++) {
            String cell = cut(row[i], widths[i]);
            line.append(i == 0 ? "" : GAP).append(cell);
            line.repeat(' ', widths[i] - cell.codePointCount(0, cell.length()));
        }
        return line.toString().stripTrailing();
    }

    private static String cut(String cell, int width) {
        if (cell.codePointCount(0, cell.length()) <= width) {
            return cell;
        }
        return cell.substring(0, cell.offsetByCodePoints(0, width - 1)) + "…";
    }
}
