// SPDX-License-Identifier: Apache-2.0
package net.statemesh.images;

import java.nio.file.Path;

/** What a layer holds at one path. Modes are the lower twelve bits of a Unix mode. */
sealed interface LayerEntry {
    int mode();

    record Directory(int mode) implements LayerEntry {}

    /** Packing fails when {@code source} is no longer {@code sizeBytes} long, as it was when it was added. */
    record CopiedFile(Path source, long sizeBytes, int mode) implements LayerEntry {}

    /** {@code target} is resolved inside the image. */
    record SymbolicLink(String target) implements LayerEntry {
        @Override
        public int mode() {
            return 0777;
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    record InlineFile(byte[] content, int mode) implements LayerEntry {}
}
