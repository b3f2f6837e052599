// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.container;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarSource;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.statemesh.api.error.StateMeshException;
import net.statemesh.node.NodeErrors;
import org.jspecify.annotations.Nullable;

/** Environment variables of a container: {@code envFrom} first, then {@code env} in order, later ones win. */
final class Environment {
    private Environment() {}

    static Map<String, String> of(Container container, PodFields fields, References references) {
        Map<String, String> variables = new LinkedHashMap<>();
        container.getEnvFrom().forEach(source -> addAll(variables, source, references));
        for (EnvVar variable : container.getEnv()) {
            EnvVarSource from = variable.getValueFrom();
            String value = from == null
                    ? Expansion.expand(variable.getValue() == null ? "" : variable.getValue(), variables)
                    : resolve(variable.getName(), from, container, fields, references);
            if (value != null) {
                variables.put(variable.getName(), value);
            }
        }
        return variables;
    }

    private static void addAll(Map<String, String> variables, EnvFromSource source, References references) {
        String prefix = source.getPrefix() == null ? "" : source.getPrefix();
        Map<String, byte[]> data = Map.of();
        if (source.getConfigMapRef() != null) {
            var ref = source.getConfigMapRef();
            data = required("ConfigMap", ref.getName(), ref.getOptional(), references.configMap(ref.getName()));
        } else if (source.getSecretRef() != null) {
            var ref = source.getSecretRef();
            data = required("Secret", ref.getName(), ref.getOptional(), references.secret(ref.getName()));
        }
        data.forEach((key, value) -> variables.put(prefix + key, text(value)));
    }

    private static @Nullable String resolve(
            String name, EnvVarSource from, Container container, PodFields fields, References references) {
        if (from.getFieldRef() != null) {
            return fields.field(from.getFieldRef().getFieldPath());
        }
        if (from.getResourceFieldRef() != null) {
            return fields.resource(from.getResourceFieldRef(), container);
        }
        if (from.getConfigMapKeyRef() != null) {
            var ref = from.getConfigMapKeyRef();
            return key(
                    "ConfigMap", ref.getName(), ref.getKey(), ref.getOptional(), references.configMap(ref.getName()));
        }
        if (from.getSecretKeyRef() != null) {
            var ref = from.getSecretKeyRef();
            return key("Secret", ref.getName(), ref.getKey(), ref.getOptional(), references.secret(ref.getName()));
        }
        throw missing("env " + name + " has a valueFrom without a known source");
    }

    private static @Nullable String key(
            String kind, String name, String key, Boolean optional, Optional<Map<String, byte[]>> data) {
        byte[] value = required(kind, name, optional, data).get(key);
        if (value == null && !Boolean.TRUE.equals(optional)) {
            throw missing("couldn't find key " + key + " in " + kind + " " + name);
        }
        return value == null ? null : text(value);
    }

    /** Data of a referred object; nothing when it is absent and may be. */
    static Map<String, byte[]> required(
            String kind, String name, Boolean optional, Optional<Map<String, byte[]>> data) {
        if (data.isEmpty() && !Boolean.TRUE.equals(optional)) {
            throw missing(kind + " " + name + " not found");
        }
        return data.orElse(Map.of());
    }

    private static String text(byte[] value) {
        return new String(value, StandardCharsets.UTF_8);
    }

    static StateMeshException missing(String sentence) {
        return new StateMeshException(NodeErrors.REFERENCE_MISSING, sentence, List.of(), List.of());
    }
}
