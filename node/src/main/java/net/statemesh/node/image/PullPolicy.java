// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.image;

import io.fabric8.kubernetes.api.model.Container;

/** When an image is pulled. */
enum PullPolicy {
    ALWAYS,
    IF_NOT_PRESENT,
    NEVER;

    /** As the container says, else: always for {@code latest}, otherwise only when it is absent. */
    static PullPolicy of(Container container) {
        String word = container.getImagePullPolicy();
        if (word != null && !word.isEmpty()) {
            return switch (word) {
                case "Always" -> ALWAYS;
                case "Never" -> NEVER;
                default -> IF_NOT_PRESENT;
            };
        }
        return isLatest(container.getImage()) ? ALWAYS : IF_NOT_PRESENT;
    }

    private static boolean isLatest(String reference) {
        if (reference.contains("@")) {
            return false;
        }
        String lastPart = reference.substring(reference.lastIndexOf('/') + 1);
        return !lastPart.contains(":") || lastPart.endsWith(":latest");
    }
}
