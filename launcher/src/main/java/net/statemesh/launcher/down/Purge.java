// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.down;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.statemesh.api.error.StateMeshException;
import net.statemesh.launcher.LauncherErrors;
import net.statemesh.launcher.folder.ZoneFolder;
import net.statemesh.launcher.pki.ZonePki;

/** Removes the data of a zone that was stopped: what a zone makes (ARCHITECTURE.md) and nothing else. */
public final class Purge {
    private static final Pattern OWN = Pattern.compile(
            "zone\\.json|ca\\.crt|kubeconfig|pki|master|ingress|registry|nodes|logs|run|\\.(zone\\.json|ca\\.crt|kubeconfig)\\..*");

    private Purge() {}

    /**
     * {@link LauncherErrors#NOT_A_ZONE} unless the folder holds a zone, or what is left of one, so that a mistyped --data never
     * stops or removes something else.
     */
    public static void requireZone(ZoneFolder folder) throws IOException {
        if (!isZone(folder)) {
            throw new StateMeshException(
                    LauncherErrors.NOT_A_ZONE,
                    folder.root() + " is not the folder of a zone.",
                    List.of("it holds neither a readable zone.json nor "
                            + folder.root().relativize(folder.certificate(ZonePki.ZONE_CA))),
                    List.of("name the zone's folder: --data DIR"));
        }
    }

    /** Whether the folder holds a zone, or what is left of one. */
    public static boolean isZone(ZoneFolder folder) throws IOException {
        return Leftovers.readableZone(folder).isPresent()
                || Files.exists(folder.certificate(ZonePki.ZONE_CA))
                || Files.exists(folder.commandLock())
                || Leftovers.network(folder).isPresent();
    }

    /** The names of what stays because no zone makes it; empty when the folder itself is gone too. */
    public static List<String> run(ZoneFolder folder) throws IOException {
        List<Path> entries;
        try (Stream<Path> listed = Files.list(folder.root())) {
            entries = listed.sorted().toList();
        }
        for (Path entry : entries) {
            if (isOwn(entry)) {
                Folders.deleteTree(entry);
            }
        }
        List<String> foreign = entries.stream()
                .filter(entry -> !isOwn(entry))
                .map(entry -> entry.getFileName().toString())
                .toList();
        if (foreign.isEmpty()) {
            removeEmpty(folder.root());
        }
        return foreign;
    }

    private static void removeEmpty(Path root) throws IOException {
        try {
            Files.delete(root);
        } catch (DirectoryNotEmptyException e) {
            throw e;
        } catch (FileSystemException e) {
            // the place where somebody mounts a disk; it is empty
        }
    }

    private static boolean isOwn(Path entry) {
        return OWN.matcher(entry.getFileName().toString()).matches();
    }
}
