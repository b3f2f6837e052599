// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.volume;

import com.google.protobuf.ByteString;
import io.fabric8.kubernetes.api.model.DownwardAPIVolumeFile;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeProjection;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import net.statemesh.api.error.StateMeshException;
import net.statemesh.node.NodeErrors;
import net.statemesh.node.container.PodFields;
import net.statemesh.node.container.References;
import org.jspecify.annotations.Nullable;

/** Which files a configMap, secret, projected or downwardAPI volume holds. Pure but for the look-up of what they refer to. */
final class VolumeFiles {
    private static final int DEFAULT_MODE = 0644;

    private VolumeFiles() {}

    /**
     * One file of a volume.
     *
     * @param mode permission bits, for example 0644
     */
    record Content(ByteString bytes, int mode) {}

    /** Relative path to content. */
    static Map<String, Content> of(Volume volume, PodFields fields, References references) {
        Map<String, Content> files = new TreeMap<>();
        if (volume.getConfigMap() != null) {
            var source = volume.getConfigMap();
            keys(
                    files,
                    "ConfigMap " + source.getName(),
                    references.configMap(source.getName()),
                    source.getItems(),
                    source.getOptional(),
                    source.getDefaultMode());
        } else if (volume.getSecret() != null) {
            var source = volume.getSecret();
            keys(
                    files,
                    "Secret " + source.getSecretName(),
                    references.secret(source.getSecretName()),
                    source.getItems(),
                    source.getOptional(),
                    source.getDefaultMode());
        } else if (volume.getDownwardAPI() != null) {
            fields(
                    files,
                    volume.getDownwardAPI().getItems(),
                    volume.getDownwardAPI().getDefaultMode(),
                    fields);
        } else if (volume.getProjected() != null) {
            var projected = volume.getProjected();
            projected.getSources().forEach(s -> project(files, s, projected.getDefaultMode(), fields, references));
        }
        return files;
    }

    private static void project(
            Map<String, Content> files,
            VolumeProjection source,
            @Nullable Integer mode,
            PodFields fields,
            References references) {
        if (source.getConfigMap() != null) {
            var from = source.getConfigMap();
            keys(
                    files,
                    "ConfigMap " + from.getName(),
                    references.configMap(from.getName()),
                    from.getItems(),
                    from.getOptional(),
                    mode);
        } else if (source.getSecret() != null) {
            var from = source.getSecret();
            keys(
                    files,
                    "Secret " + from.getName(),
                    references.secret(from.getName()),
                    from.getItems(),
                    from.getOptional(),
                    mode);
        } else if (source.getDownwardAPI() != null) {
            fields(files, source.getDownwardAPI().getItems(), mode, fields);
        } else {
            throw broken("a projected volume has a source other than configMap, secret or downwardAPI");
        }
    }

    private static void keys(
            Map<String, Content> files,
            String what,
            Optional<Map<String, byte[]>> data,
            @Nullable List<KeyToPath> items,
            @Nullable Boolean optional,
            @Nullable Integer mode) {
        if (data.isEmpty()) {
            if (Boolean.TRUE.equals(optional)) {
                return;
            }
            throw broken(what + " not found");
        }
        if (items == null || items.isEmpty()) {
            data.get().forEach((key, bytes) -> put(files, key, bytes, mode));
            return;
        }
        for (KeyToPath item : items) {
            byte[] bytes = data.get().get(item.getKey());
            if (bytes != null) {
                put(files, item.getPath(), bytes, item.getMode() == null ? mode : item.getMode());
            } else if (!Boolean.TRUE.equals(optional)) {
                throw broken(what + " has no key " + item.getKey());
            }
        }
    }

    private static void fields(
            Map<String, Content> files, List<DownwardAPIVolumeFile> items, @Nullable Integer mode, PodFields fields) {
        for (DownwardAPIVolumeFile item : items) {
            String value = item.getFieldRef() != null
                    ? fields.field(item.getFieldRef().getFieldPath())
                    : fields.resource(
                            item.getResourceFieldRef(),
                            fields.pod().getSpec().getContainers().getFirst());
            put(
                    files,
                    item.getPath(),
                    value.getBytes(StandardCharsets.UTF_8),
                    item.getMode() == null ? mode : item.getMode());
        }
    }

    private static void put(Map<String, Content> files, String path, byte[] bytes, @Nullable Integer mode) {
        if (path.startsWith("/") || List.of(path.split("/", -1)).contains("..")) {
            throw broken("path '" + path + "' of a volume file leaves the volume; give a relative path without ..");
        }
        files.put(path, new Content(ByteString.copyFrom(bytes), mode == null ? DEFAULT_MODE : mode));
    }

    private static StateMeshException broken(String sentence) {
        return new StateMeshException(NodeErrors.REFERENCE_MISSING, sentence, List.of(), List.of());
    }
}
