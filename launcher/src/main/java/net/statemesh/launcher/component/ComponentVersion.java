// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.component;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What a process was started with, as a digest: when it differs, the process is of yesterday. */
final class ComponentVersion {
    private ComponentVersion() {}

    /** Of a program that the machine's packages bring. */
    static String of(Path config) throws IOException {
        return of("", config);
    }

    /** Of a program of the product. */
    static String of(String productVersion, Path config) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(productVersion.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest(Files.readAllBytes(config)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
