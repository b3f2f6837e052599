// SPDX-License-Identifier: Apache-2.0
package net.statemesh.bench.router;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Other people's programs that the comparison needs, all of them Debian packages. */
final class Programs {
    private static final List<Path> FOLDERS = List.of(Path.of("/usr/bin"), Path.of("/usr/sbin"));
    private static final Map<String, String> PACKAGES = new TreeMap<>(
            Map.of("haproxy", "haproxy", "nginx", "nginx-light", "wrk", "wrk", "h2load", "nghttp2-client"));

    private Programs() {}

    /** Says what to install when something is missing. */
    static void requireAll() throws IOException {
        List<String> missing = PACKAGES.entrySet().stream()
                .filter(program -> FOLDERS.stream().noneMatch(folder -> isIn(folder, program.getKey())))
                .map(Map.Entry::getValue)
                .toList();
        if (!missing.isEmpty()) {
            throw new IOException("programs are missing; install them with: apt-get install -y --no-install-recommends "
                    + String.join(" ", missing));
        }
    }

    static String path(String program) {
        return FOLDERS.stream()
                .filter(folder -> isIn(folder, program))
                .findFirst()
                .orElseThrow()
                .resolve(program)
                .toString();
    }

    private static boolean isIn(Path folder, String program) {
        return Files.isExecutable(folder.resolve(program));
    }
}
