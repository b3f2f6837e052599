// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.image;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.statemesh.api.error.StateMeshException;
import net.statemesh.node.cri.ContainerRuntime;
import net.statemesh.node.cri.ImageView;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes unused images while the disk that holds them is too full. */
public final class ImageCollector {
    private static final Logger LOG = LoggerFactory.getLogger(ImageCollector.class);

    private final ContainerRuntime runtime;
    private final Clock clock;
    private final Map<String, Instant> lastUsed = new HashMap<>();

    public ImageCollector(ContainerRuntime runtime, Clock clock) {
        this.runtime = runtime;
        this.clock = clock;
    }

    /** One round. */
    public void collect() {
        Instant now = clock.instant();
        Set<String> inUse = new HashSet<>(runtime.imagesInUse());
        runtime.sandboxImage().ifPresent(inUse::add);
        List<ImageView> images = runtime.images();
        var inventory = new ImageCollection.Inventory(images, inUse, lastUsed);
        images.forEach(image ->
                lastUsed.compute(image.id(), (_, known) -> known == null || inventory.isUsed(image) ? now : known));
        lastUsed.keySet().retainAll(images.stream().map(ImageView::id).toList());
        for (String mountPoint : runtime.imageFileSystems()) {
            collect(inventory, mountPoint, now);
        }
    }

    private void collect(ImageCollection.Inventory inventory, String mountPoint, Instant now) {
        try {
            FileStore disk = Files.getFileStore(Path.of(mountPoint));
            long used = disk.getTotalSpace() - disk.getUsableSpace();
            ImageCollection.toRemove(inventory, disk.getTotalSpace(), used, now).forEach(this::remove);
        } catch (IOException e) {
            LOG.warn("disk={} not measured: {}", mountPoint, String.valueOf(e.getMessage()));
        }
    }

    private void remove(ImageView image) {
        try {
            runtime.removeImage(image.id());
            LOG.info("image={} tags={} bytes={} removed to make room", image.id(), image.tags(), image.sizeBytes());
        } catch (StateMeshException e) {
            LOG.warn("image={} not removed: {}", image.id(), e.sentence());
        }
    }
}
