// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.logs;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The last lines of a log file, found from its end. */
public final class LogTail {
    private static final int BLOCK_BYTES = 8 << 10;

    private LogTail() {}

    /**
     * Where the last lines begin.
     *
     * @param missing how many of the wanted lines the file does not have
     */
    record Start(long offset, long missing) {}

    /** At most {@code maxLines} lines and {@code maxChars} characters of text; empty when the file cannot be read. */
    public static String text(Path log, int maxLines, int maxChars) {
        List<String> lines = new ArrayList<>();
        try (LogFile file = LogFile.open(log)) {
            file.seekTail(maxLines);
            for (Optional<LogLine> line = file.next();
                    line.isPresent() && lines.size() < maxLines;
                    line = file.next()) {
                lines.add(line.get().text());
            }
        } catch (IOException e) {
            return "";
        }
        String text = String.join("\n", lines);
        return text.length() <= maxChars ? text : text.substring(text.length() - maxChars);
    }

    /** Finds the first of the last {@code count} lines. */
    static Start find(RandomAccessFile file, long count) throws IOException {
        long length = file.length();
        if (count <= 0) {
            return new Start(length, 0);
        }
        byte[] block = new byte[BLOCK_BYTES];
        long missing = length == 0 ? count : count - 1;
        long at = length;
        while (at > 0) {
            int size = (int) Math.min(BLOCK_BYTES, at);
            at -= size;
            file.seek(at);
            file.readFully(block, 0, size);
            for (int i = size - 1; i >= 0; i--) {
                if (block[i] == '\n' && at + i != length - 1) {
                    if (missing == 0) {
                        return new Start(at + i + 1, 0);
                    }
                    missing--;
                }
            }
        }
        return new Start(0, missing);
    }
}
