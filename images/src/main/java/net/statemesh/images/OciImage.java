// SPDX-License-Identifier: Apache-2.0
package net.statemesh.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.statemesh.api.error.StateMeshException;

/** A packed image: layers in files below {@code spool}, configuration and manifest in memory. Closing deletes the files. */
public final class OciImage implements AutoCloseable {
    private final Path spool;
    private final List<Layer> layers;
    private final byte[] config;
    private final byte[] manifest;

    OciImage(Path spool, List<Layer> layers, byte[] config, byte[] manifest) {
        this.spool = spool;
        this.layers = List.copyOf(layers);
        this.config = config;
        this.manifest = manifest;
    }

    /** Digest of the manifest: the image's identity. */
    public Digest digest() {
        return Digest.of(manifest);
    }

    /** What has to be moved at most: all layers, compressed, in bytes. */
    public long sizeBytes() {
        return layers.stream().mapToLong(Layer::sizeBytes).sum();
    }

    List<Layer> layers() {
        return layers;
    }

    byte[] config() {
        return config.clone();
    }

    byte[] manifest() {
        return manifest.clone();
    }

    @Override
    public void close() {
        try {
            for (Layer layer : layers) {
                Files.deleteIfExists(layer.file());
            }
            Files.deleteIfExists(spool);
        } catch (IOException e) {
            throw new StateMeshException(
                    ImageErrors.FOLDER,
                    "Cannot delete the temporary folder '" + spool + "'.",
                    List.of(String.valueOf(e)),
                    List.of("rm -r " + spool),
                    e);
        }
    }
}
