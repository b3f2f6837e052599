// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.folder;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import net.statemesh.identity.AtomicFile;

/** Files that only their owner may read, replaced as a whole. */
public final class PrivateFile {
    private PrivateFile() {}

    public static void write(Path file, String text) {
        write(file, text.getBytes(StandardCharsets.UTF_8));
    }

    public static void write(Path file, byte[] content) {
        AtomicFile.write(file, content, AtomicFile.OWNER_ONLY);
    }
}
