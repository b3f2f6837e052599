// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.up;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The last lines of a log. */
public final class LogTail {
    private static final int MAX_BYTES = 256 << 10;

    private LogTail() {}

    public static List<String> of(Path log, int lines) throws IOException {
        if (!Files.exists(log)) {
            return List.of();
        }
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            int length = (int) Math.min(MAX_BYTES, file.length());
            byte[] end = new byte[length];
            file.seek(file.length() - length);
            file.readFully(end);
            List<String> all = new String(end, StandardCharsets.UTF_8).lines().toList();
            return all.subList(Math.max(0, all.size() - lines), all.size());
        }
    }
}
