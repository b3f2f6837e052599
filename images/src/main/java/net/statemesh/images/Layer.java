// SPDX-License-Identifier: Apache-2.0
package net.statemesh.images;

import java.nio.file.Path;

/**
 * One packed layer, spooled to a file.
 *
 * @param digest of the compressed bytes
 * @param diffId of the tar archive inside
 * @param sizeBytes compressed
 */
record Layer(Path file, Digest digest, Digest diffId, long sizeBytes) {}
