// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.up;

import java.nio.file.Path;

/** Paths as people write them. */
final class HomePath {
    private HomePath() {}

    static String shorten(Path path) {
        Path home = Path.of(System.getProperty("user.home", "/"));
        return path.startsWith(home) && home.getNameCount() > 0 ? "~/" + home.relativize(path) : path.toString();
    }
}
