// SPDX-License-Identifier: Apache-2.0
package net.statemesh.evm.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** The JSON files below {@code statemesh.vectors}/evm: in folders, or in archives {@code *.tar.xz}. */
final class VectorFiles {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String SUFFIX = ".json";

    private VectorFiles() {}

    /** The files of one kind, by their path below the kind's folder. */
    static Map<String, JsonNode> of(String kind) throws IOException {
        Path folder = Path.of(System.getProperty("statemesh.vectors"), "evm");
        Map<String, JsonNode> files = new TreeMap<>();
        if (Files.isDirectory(folder)) {
            readFolder(folder.resolve(kind), files);
            for (Path archive : list(folder, ".tar.xz")) {
                readArchive(archive, kind + "/", files);
            }
        }
        if (files.isEmpty()) {
            System.out.println("evm: no " + kind + " in " + folder + ", so none of them in this run");
        }
        return files;
    }

    private static void readFolder(Path folder, Map<String, JsonNode> files) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file :
                    all.filter(each -> each.toString().endsWith(SUFFIX)).toList()) {
                files.put(folder.relativize(file).toString(), JSON.readTree(Files.readAllBytes(file)));
            }
        }
    }

    private static void readArchive(Path archive, String prefix, Map<String, JsonNode> files) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(archive));
                TarArchiveInputStream tar = new TarArchiveInputStream(new XZCompressorInputStream(in))) {
            TarArchiveEntry entry = tar.getNextEntry();
            while (entry != null) {
                String name = entry.getName().startsWith("./") ? entry.getName().substring(2) : entry.getName();
                if (name.startsWith(prefix) && name.endsWith(SUFFIX)) {
                    files.put(name.substring(prefix.length()), JSON.readTree(tar.readAllBytes()));
                }
                entry = tar.getNextEntry();
            }
        }
    }

    private static Iterable<Path> list(Path folder, String suffix) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(each -> each.toString().endsWith(suffix)).sorted().toList();
        }
    }
}
