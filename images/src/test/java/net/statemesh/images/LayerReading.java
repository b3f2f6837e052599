// SPDX-License-Identifier: Apache-2.0
package net.statemesh.images;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** Reads packed layers back, as a runtime would. */
final class LayerReading {
    record Item(String path, String mode, long ids, long modifiedMillis, String text) {}

    private LayerReading() {}

    static List<Item> items(Layer layer) throws IOException {
        List<Item> items = new ArrayList<>();
        try (InputStream in = new GZIPInputStream(Files.newInputStream(layer.file()));
                TarArchiveInputStream tar = new TarArchiveInputStream(in)) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                items.add(new Item(
                        entry.getName(),
                        Integer.toOctalString(entry.getMode()),
                        entry.getLongUserId() + entry.getLongGroupId(),
                        entry.getLastModifiedTime().toMillis(),
                        new String(tar.readAllBytes(), StandardCharsets.UTF_8)));
            }
        }
        return items;
    }

    static List<String> paths(OciImage image) throws IOException {
        List<String> paths = new ArrayList<>();
        for (Layer layer : image.layers()) {
            items(layer).forEach(item -> paths.add(item.path()));
        }
        return paths;
    }

    static String text(OciImage image, String path) throws IOException {
        for (Layer layer : image.layers()) {
            for (Item item : items(layer)) {
                if (item.path().equals(path)) {
                    return item.text();
                }
            }
        }
        throw new AssertionError("no " + path + " in " + paths(image));
    }
}
