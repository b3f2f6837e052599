// SPDX-License-Identifier: Apache-2.0
package net.statemesh.images;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import net.statemesh.api.error.StateMeshException;

/** Content address of a blob: {@code sha256:} and 64 lower-case hex digits (OCI image specification, descriptors). */
public record Digest(String value) {
    private static final Pattern SHAPE = Pattern.compile("sha256:[0-9a-f]{64}");

    public Digest {
        if (!SHAPE.matcher(value).matches()) {
            throw new StateMeshException(
                    ImageErrors.INVALID,
                    "'" + value + "' is no digest: sha256: and 64 hex digits are accepted.",
                    List.of(),
                    List.of());
        }
    }

    static Digest of(byte[] content) {
        return ofHash(sha256().digest(content));
    }

    static Digest finish(MessageDigest sha256) {
        return ofHash(sha256.digest());
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static Digest ofHash(byte[] hash) {
        return new Digest("sha256:" + HexFormat.of().formatHex(hash));
    }

    @Override
    public String toString() {
        return value;
    }
}
