// SPDX-License-Identifier: Apache-2.0
package net.statemesh.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import net.statemesh.api.error.StateMeshException;

/**
 * Describes an image and packs it. The same calls with the same contents give the same digest, on every machine with the same
 * compression library. Not thread-safe; {@link #build} once.
 */
public final class ImageBuilder {
    private final List<LayerContents> layers = new ArrayList<>(List.of(new LayerContents()));
    private final Map<String, String> environment = new TreeMap<>();
    private final Set<String> exposedPorts = new TreeSet<>();
    private List<String> entrypoint = List.of();
    private List<String> command = List.of();
    private String user = "";
    private String workingDirectory = "/";

    /** Adds a file of the image from a file of this machine. */
    public ImageBuilder file(String path, Path source, int mode) {
        layers.getLast().file(path, source, mode);
        return this;
    }

    public ImageBuilder file(String path, byte[] content, int mode) {
        layers.getLast().file(path, content, mode);
        return this;
    }

    /** Adds a symbolic link; {@code target} is resolved inside the image. */
    public ImageBuilder link(String path, String target) {
        layers.getLast().link(path, target);
        return this;
    }

    /** Only needed for an empty directory or one with another mode than 0755. */
    public ImageBuilder directory(String path, int mode) {
        layers.getLast().directory(path, mode);
        return this;
    }

    /** What follows goes to a layer of its own; layers that stay the same are stored and moved once. */
    public ImageBuilder nextLayer() {
        layers.add(new LayerContents());
        return this;
    }

    public ImageBuilder entrypoint(String... arguments) {
        entrypoint = List.of(arguments);
        return this;
    }

    public ImageBuilder command(String... arguments) {
        command = List.of(arguments);
        return this;
    }

    public ImageBuilder env(String name, String value) {
        if (name.isEmpty() || name.indexOf('=') >= 0) {
            throw new StateMeshException(
                    ImageErrors.INVALID,
                    "'" + name + "' cannot be the name of an environment variable: not empty and without '='.",
                    List.of(),
                    List.of());
        }
        environment.put(name, value);
        return this;
    }

    /** Declares a TCP port that the application listens on, 1 to 65535. */
    public ImageBuilder expose(int port) {
        if (port < 1 || port > 0xFFFF) {
            throw new StateMeshException(
                    ImageErrors.INVALID, "port " + port + " is not within 1 to 65535.", List.of(), List.of());
        }
        exposedPorts.add(port + "/tcp");
        return this;
    }

    /** Numeric user and group, {@code 65532:65532}, so that no passwd file is needed. */
    public ImageBuilder user(String userAndGroup) {
        user = userAndGroup;
        return this;
    }

    public ImageBuilder workingDirectory(String path) {
        workingDirectory = path;
        return this;
    }

    /** Packs the layers into files of a new temporary folder; close the image to delete it. */
    public OciImage build() {
        List<LayerContents> filled =
                layers.stream().filter(layer -> !layer.isEmpty()).toList();
        if (filled.isEmpty()) {
            throw new StateMeshException(
                    ImageErrors.INVALID, "An image needs at least one file.", List.of(), List.of());
        }
        Path spool = newSpool();
        List<Layer> packed = new ArrayList<>();
        boolean complete = false;
        try {
            for (LayerContents contents : filled) {
                packed.add(LayerPacking.pack(contents, spool.resolve("layer-" + packed.size())));
            }
            byte[] config = OciJson.config(this, packed);
            OciImage image = new OciImage(spool, packed, config, OciJson.manifest(config, packed));
            complete = true;
            return image;
        } finally {
            if (!complete) {
                discard(spool, packed.size());
            }
        }
    }

    private static Path newSpool() {
        try {
            return Files.createTempDirectory("statemesh-image-");
        } catch (IOException e) {
            throw new StateMeshException(
                    ImageErrors.FOLDER,
                    "Cannot make a temporary folder below '" + System.getProperty("java.io.tmpdir") + "'.",
                    List.of(String.valueOf(e)),
                    List.of("make room there, or set -Djava.io.tmpdir"),
                    e);
        }
    }

    /** @param lastLayer index of the layer that failed */
    private static void discard(Path spool, int lastLayer) {
        try {
            for (int layer = 0; layer <= lastLayer; layer++) {
                Files.deleteIfExists(spool.resolve("layer-" + layer));
            }
            Files.deleteIfExists(spool);
        } catch (IOException e) {
            System.getLogger(ImageBuilder.class.getName())
                    .log(System.Logger.Level.WARNING, "temporary folder stays: {0} ({1})", spool, e);
        }
    }

    Map<String, String> environment() {
        return environment;
    }

    Set<String> exposedPorts() {
        return exposedPorts;
    }

    List<String> entrypoint() {
        return entrypoint;
    }

    List<String> command() {
        return command;
    }

    String user() {
        return user;
    }

    String workingDirectory() {
        return workingDirectory;
    }
}
