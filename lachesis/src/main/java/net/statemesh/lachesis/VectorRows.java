// SPDX-License-Identifier: Apache-2.0
package net.statemesh.lachesis;

import java.util.ArrayList;
import java.util.List;

/** One row of ints for each event, in chunks that are never moved. Rows are numbered from 1. */
final class VectorRows {
    private static final int CHUNK_INTS = 1 << 14;

    private final int width;
    private final int rowsPerChunkLog2;
    private final List<int[]> chunks = new ArrayList<>();
    private int rows;

    VectorRows(int width) {
        this.width = width;
        this.rowsPerChunkLog2 = Integer.SIZE - 1 - Integer.numberOfLeadingZeros(Math.max(1, CHUNK_INTS / width));
    }

    /** The array that holds a row, from {@link #start} on. */
    int[] chunk(int row) {
        return chunks.get((row - 1) >> rowsPerChunkLog2);
    }

    int start(int row) {
        int rowsPerChunk = 1 << rowsPerChunkLog2;
        return ((row - 1) & (rowsPerChunk - 1)) * width;
    }

    int get(int row, int column) {
        return chunk(row)[start(row) + column];
    }

    void set(int row, int column, int value) {
        chunk(row)[start(row) + column] = value;
    }

    /** Copies a row behind the last one. */
    void append(int[] row) {
        rows++;
        if ((rows - 1) >> rowsPerChunkLog2 == chunks.size()) {
            chunks.add(new int[width << rowsPerChunkLog2]);
        }
        System.arraycopy(row, 0, chunk(rows), start(rows), width);
    }
}
