// SPDX-License-Identifier: Apache-2.0
package net.statemesh.ingress.route;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import net.statemesh.identity.AtomicFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Changes of routes, one line of JSON each, in their order; a line that was cut short by a crash is the last. */
final class RouteJournal {
    private static final Logger LOG = LoggerFactory.getLogger(RouteJournal.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private long sizeBytes;

    RouteJournal(Path file) {
        this.file = file;
    }

    /** Every whole line; a damaged one ends it. */
    List<SavedRoutes> read() throws IOException {
        List<SavedRoutes> changes = new ArrayList<>();
        if (!Files.exists(file)) {
            return changes;
        }
        sizeBytes = Files.size(file);
        boolean cut = sizeBytes > 0 && !endsWithLine();
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                changes.add(JSON.readValue(line, SavedRoutes.class));
            }
        } catch (JacksonException e) {
            LOG.warn(
                    "event=routes-journal-cut file={} changes={} cause=\"{}\"",
                    file,
                    changes.size(),
                    e.getOriginalMessage());
            cut = true;
        }
        // nothing may be written behind half a line: the next save is a whole one
        sizeBytes = cut ? Long.MAX_VALUE : sizeBytes;
        return changes;
    }

    private boolean endsWithLine() throws IOException {
        ByteBuffer last = ByteBuffer.allocate(1);
        try (FileChannel channel = FileChannel.open(file)) {
            channel.read(last, channel.size() - 1);
        }
        return last.get(0) == '\n';
    }

    /** Writes one line through to the disk. */
    void append(SavedRoutes change) throws IOException {
        byte[] json = JSON.writeValueAsBytes(change);
        ByteBuffer line =
                ByteBuffer.allocate(json.length + 1).put(json).put((byte) '\n').flip();
        try (FileChannel channel = FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND),
                PosixFilePermissions.asFileAttribute(AtomicFile.OWNER_ONLY))) {
            while (line.hasRemaining()) {
                channel.write(line);
            }
            channel.force(false);
            sizeBytes = channel.size();
        }
    }

    void clear() throws IOException {
        Files.deleteIfExists(file);
        sizeBytes = 0;
    }

    long sizeBytes() {
        return sizeBytes;
    }
}
