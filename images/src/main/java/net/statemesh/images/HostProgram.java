// SPDX-License-Identifier: Apache-2.0
package net.statemesh.images;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.statemesh.api.error.StateMeshException;
import org.jspecify.annotations.Nullable;

/** A statically linked program of this machine that is copied into an image, where there is no dynamic linker. */
final class HostProgram {
    private static final int ELF_MAGIC = 0x7F454C46;
    private static final int HEADER_BYTES = 64;
    private static final int SEGMENT_INTERPRETER = 3; // PT_INTERP
    private static final int MAX_SEGMENTS = 128;

    private HostProgram() {}

    /** Returns {@code program}, or says which {@code debianPackage} has it as a static program. */
    static Path statically(Path program, String debianPackage) {
        if (!Files.isExecutable(program)) {
            throw missing(program + " is missing.", debianPackage, null);
        }
        try {
            if (!isStatic(program)) {
                throw missing(program + " is not a statically linked program.", debianPackage, null);
            }
            return program;
        } catch (IOException e) {
            throw missing(program + " cannot be read.", debianPackage, e);
        }
    }

    private static boolean isStatic(Path program) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(program.toFile(), "r")) {
            ByteBuffer header = read(file, 0, HEADER_BYTES);
            if (header.getInt(0) != ELF_MAGIC) {
                return false;
            }
            header.order(ByteOrder.LITTLE_ENDIAN); // every architecture that a node may have
            long segments = header.getLong(32);
            int segmentBytes = Short.toUnsignedInt(header.getShort(54));
            int count = Math.min(MAX_SEGMENTS, Short.toUnsignedInt(header.getShort(56)));
            for (int i = 0; i < count; i++) {
                ByteBuffer segment = read(file, segments + (long) i * segmentBytes, Integer.BYTES);
                if (segment.order(ByteOrder.LITTLE_ENDIAN).getInt(0) == SEGMENT_INTERPRETER) {
                    return false;
                }
            }
            return true;
        }
    }

    private static ByteBuffer read(RandomAccessFile file, long position, int length) throws IOException {
        byte[] bytes = new byte[length];
        file.seek(position);
        file.readFully(bytes);
        return ByteBuffer.wrap(bytes);
    }

    private static StateMeshException missing(String sentence, String debianPackage, @Nullable Throwable cause) {
        return new StateMeshException(
                ImageErrors.PROGRAM_MISSING,
                sentence,
                List.of(),
                List.of("apt-get install -y --no-install-recommends " + debianPackage),
                cause);
    }
}
