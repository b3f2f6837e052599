// SPDX-License-Identifier: Apache-2.0
package net.statemesh.images;

import java.nio.file.Path;

/** The image whose one process holds a pod's namespaces: catatonit in pause mode, which also reaps orphans. */
public final class PauseImage {
    /** Where the zone registry keeps it. */
    public static final String REFERENCE = "statemesh/pause:1";

    static final Path CATATONIT = Path.of("/usr/bin/catatonit");
    static final String CATATONIT_PACKAGE = "catatonit";

    private PauseImage() {}

    public static OciImage build() {
        return new ImageBuilder()
                .file("/pause", HostProgram.statically(CATATONIT, CATATONIT_PACKAGE), 0755)
                .entrypoint("/pause", "-P")
                .user("65535:65535")
                .build();
    }
}
