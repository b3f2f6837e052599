// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.logs;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The last lines of a log file, read from its end. */
public final class LogTail {
    private static final int BLOCK_BYTES = 8 << 10;

    private LogTail() {}

    /** At most {@code maxLines} lines and {@code maxBytes} bytes of text; empty when the file cannot be read. */
    public static String text(Path log, int maxLines, int maxBytes) {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            long from = start(file, maxLines);
            byte[] bytes = new byte[Math.toIntExact(Math.min(file.length() - from, 4L * maxBytes))];
            file.seek(file.length() - bytes.length);
            file.readFully(bytes);
            String text = lines(bytes).stream().map(LogLine::text).collect(Collectors.joining("\n"));
            return text.length() <= maxBytes ? text : text.substring(text.length() - maxBytes);
        } catch (IOException e) {
            return "";
        }
    }

    /** Offset of the first of the last {@code count} lines of a file. */
    static long start(RandomAccessFile file, long count) throws IOException {
        long end = file.length();
        long missing = count;
        byte[] block = new byte[BLOCK_BYTES];
        long last = end - 1;
        for (long at = end; at > 0; ) {
            int size = (int) Math.min(BLOCK_BYTES, at);
            at -= size;
            file.seek(at);
            file.readFully(block, 0, size);
            for (int i = size - 1; i >= 0; i--) {
                if (block[i] == '\n' && at + i != last) {
                    missing--;
                    if (missing == 0) {
                        return at + i + 1;
                    }
                }
            }
        }
        return 0;
    }

    private static List<LogLine> lines(byte[] bytes) {
        List<LogLine> lines = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                byte[] line = java.util.Arrays.copyOfRange(bytes, from, i);
                LogLine.parse(line, line.length).ifPresent(lines::add);
                from = i + 1;
            }
        }
        return lines;
    }
}
