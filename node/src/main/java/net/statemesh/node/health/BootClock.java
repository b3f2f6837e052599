// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.health;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Time since the machine started, which goes on while it sleeps (CLOCK_BOOTTIME, as /proc/uptime tells it), to 10 ms. */
final class BootClock implements AutoCloseable {
    private static final Path UPTIME = Path.of("/proc/uptime");
    private static final int MAX_LENGTH = 64;
    private static final int MILLIS_PER_HUNDREDTH = 10;

    private final FileChannel file;
    private final ByteBuffer text = ByteBuffer.allocate(MAX_LENGTH);

    BootClock() {
        try {
            file = FileChannel.open(UPTIME);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    long millis() {
        try {
            text.clear();
            file.read(text, 0);
            return parse(new String(text.array(), 0, text.position(), StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads {@code 12345.67 ...}: seconds with two decimals. */
    static long parse(String uptime) {
        String hundredths = uptime.substring(0, uptime.indexOf(' ')).replace(".", "");
        return Long.parseLong(hundredths) * MILLIS_PER_HUNDREDTH;
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
