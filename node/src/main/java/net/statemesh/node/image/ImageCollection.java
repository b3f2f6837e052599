// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.image;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import net.statemesh.node.cri.ImageView;

/** Which images make room when the disk fills up: unused ones, those not used for longest first. Pure. */
final class ImageCollection {
    static final double COLLECT_ABOVE = 0.85;
    static final double COLLECT_DOWN_TO = 0.80;
    /** An image that was just pulled is about to be used. */
    static final Duration LEAST_AGE = Duration.ofMinutes(2);

    private ImageCollection() {}

    /**
     * What is known about the images of a node.
     *
     * @param inUse references and ids of images in use, the sandbox image among them
     * @param lastUsed by image id: when it was last seen in use, or first seen at all
     */
    record Inventory(List<ImageView> images, Set<String> inUse, Map<String, Instant> lastUsed) {
        boolean isUsed(ImageView image) {
            return image.pinned()
                    || Stream.of(Stream.of(image.id()), image.tags().stream(), image.digests().stream())
                            .flatMap(names -> names)
                            .anyMatch(inUse::contains);
        }
    }

    /** Images to remove, given how full the disk is. */
    static List<ImageView> toRemove(Inventory inventory, long diskBytes, long usedBytes, Instant now) {
        if (diskBytes <= 0 || usedBytes <= COLLECT_ABOVE * diskBytes) {
            return List.of();
        }
        long excess = usedBytes - (long) (COLLECT_DOWN_TO * diskBytes);
        List<ImageView> removed = new ArrayList<>();
        List<ImageView> candidates = inventory.images().stream()
                .filter(image -> !inventory.isUsed(image))
                .filter(image -> lastUsed(inventory, image, now).isBefore(now.minus(LEAST_AGE)))
                .sorted(Comparator.comparing((ImageView image) -> lastUsed(inventory, image, now))
                        .thenComparing(ImageView::id))
                .toList();
        for (ImageView image : candidates) {
            if (excess <= 0) {
                break;
            }
            removed.add(image);
            excess -= image.sizeBytes();
        }
        return removed;
    }

    private static Instant lastUsed(Inventory inventory, ImageView image, Instant now) {
        return inventory.lastUsed().getOrDefault(image.id(), now);
    }
}
