// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.folder;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** One name for one folder, whichever links lead to it, so that a zone is the same zone under each of them. */
final class RealPath {
    private RealPath() {}

    /** As the kernel would name it; what does not exist yet is taken as it is written. */
    static Path of(Path path) {
        Path absolute = path.toAbsolutePath().normalize();
        for (@Nullable Path existing = absolute; existing != null; existing = existing.getParent()) {
            try {
                return existing.toRealPath().resolve(existing.relativize(absolute));
            } catch (IOException e) {
                // not there: its parent may be
            }
        }
        return absolute;
    }
}
