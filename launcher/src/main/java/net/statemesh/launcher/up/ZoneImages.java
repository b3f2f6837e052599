// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.up;

import java.util.Optional;
import net.statemesh.images.Digest;
import net.statemesh.images.OciImage;
import net.statemesh.images.PauseImage;
import net.statemesh.images.Registry;
import net.statemesh.launcher.component.ComponentFiles;
import net.statemesh.launcher.folder.ZoneFolder;
import net.statemesh.launcher.folder.ZoneRecord;
import net.statemesh.launcher.pki.MutualTls;

/** The images that a zone itself needs, in its own registry. */
final class ZoneImages {
    private final ZoneFolder folder;
    private final ZoneRecord zone;

    ZoneImages(ZoneFolder folder, ZoneRecord zone) {
        this.folder = folder;
        this.zone = zone;
    }

    void ensure() {
        try (OciImage pause = PauseImage.build();
                Registry registry = Registry.secure(zone.registry(), MutualTls.administrator(folder))) {
            Optional<Digest> present = registry.resolve(ComponentFiles.PAUSE_IMAGE);
            if (present.filter(pause.digest()::equals).isEmpty()) {
                registry.push(pause, ComponentFiles.PAUSE_IMAGE);
            }
        }
    }
}
