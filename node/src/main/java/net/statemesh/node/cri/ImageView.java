// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.cri;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An image on this node.
 *
 * @param userId numeric user of the image's configuration, when it names one
 * @param userName named user of the image's configuration; empty when it has none
 */
public record ImageView(
        String id,
        List<String> tags,
        List<String> digests,
        long sizeBytes,
        @Nullable Long userId,
        String userName,
        boolean pinned) {}
