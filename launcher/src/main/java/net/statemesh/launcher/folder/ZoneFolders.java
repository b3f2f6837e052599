// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.folder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;

/**
 * The folders of a zone and who may look into them: everybody may follow the path to {@code ca.crt}, nobody but the owner sees what
 * the zone stores (its API holds secrets, its registry private images, its logs names).
 */
public final class ZoneFolders {
    private static final Set<PosixFilePermission> PASSABLE = PosixFilePermissions.fromString("rwx--x--x");
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");

    private ZoneFolders() {}

    /** Makes what is missing, and closes what is open too wide. */
    public static void ensure(ZoneFolder folder) throws IOException {
        Files.createDirectories(folder.root(), PosixFilePermissions.asFileAttribute(PASSABLE));
        for (Path own : owned(folder)) {
            Files.createDirectories(own, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
            if (!Files.getPosixFilePermissions(own).equals(OWNER_ONLY)) {
                Files.setPosixFilePermissions(own, OWNER_ONLY);
            }
        }
    }

    /** Folders that only the zone's owner may look into. */
    public static List<Path> owned(ZoneFolder folder) {
        return List.of(
                folder.pki(),
                folder.master(),
                folder.ingress(),
                folder.registry(),
                folder.nodes(),
                folder.logs(),
                folder.run());
    }
}
