// SPDX-License-Identifier: Apache-2.0
package net.statemesh.api;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What everything in a zone may know about it; kept in the ConfigMap {@code statemesh-system/zone}.
 *
 * @param name DNS label, for example {@code local-1}
 * @param domain DNS name below which the zone's names are generated, for example {@code statemesh.localhost}
 * @param httpsPort port at which ingress answers HTTPS, 1..65535
 * @param httpPort port at which ingress answers HTTP, 1..65535
 * @param registry host:port of the zone's image registry as nodes and CLI reach it; empty when there is none
 */
public record ZoneSettings(String name, String domain, int httpsPort, int httpPort, String registry) {
    private static final int MAX_PORT = 65_535;

    public ZoneSettings {
        if (!Hostnames.isDnsLabel(name)) {
            throw new IllegalArgumentException("name must be a DNS label (a-z, 0-9, -; at most 63): " + name);
        }
        if (!Hostnames.isDnsName(domain)) {
            throw new IllegalArgumentException("domain must be a DNS name: " + domain);
        }
        requirePort("httpsPort", httpsPort);
        requirePort("httpPort", httpPort);
        Objects.requireNonNull(registry, "registry");
    }

    /** Reads the ConfigMap. Throws IllegalArgumentException that names the key when one is missing or wrong. */
    public static ZoneSettings from(ConfigMap configMap) {
        Map<String, String> data = configMap.getData() == null ? Map.of() : configMap.getData();
        return new ZoneSettings(
                required(data, "name"),
                required(data, "domain"),
                port(data, "httpsPort"),
                port(data, "httpPort"),
                data.getOrDefault("registry", ""));
    }

    public ConfigMap toConfigMap() {
        Map<String, String> data = new LinkedHashMap<>();
        data.put("name", name);
        data.put("domain", domain);
        data.put("httpsPort", Integer.toString(httpsPort));
        data.put("httpPort", Integer.toString(httpPort));
        data.put("registry", registry);
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace(SystemNames.NAMESPACE)
                .withName(SystemNames.ZONE_CONFIG_MAP)
                .endMetadata()
                .withData(data)
                .build();
    }

    /** {@code https://host} with the port where it is not 443. */
    public String httpsUrl(String host) {
        return "https://" + host + (httpsPort == 443 ? "" : ":" + httpsPort);
    }

    private static String required(Map<String, String> data, String key) {
        String value = data.get(key);
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException("ConfigMap " + SystemNames.NAMESPACE + "/" + SystemNames.ZONE_CONFIG_MAP
                    + " has no value for '" + key + "'");
        }
        return value;
    }

    private static int port(Map<String, String> data, String key) {
        String value = required(data, key);
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(key + " must be a number from 1 to 65535: " + value, e);
        }
    }

    private static void requirePort(String name, int port) {
        if (port < 1 || port > MAX_PORT) {
            throw new IllegalArgumentException(name + " must be from 1 to 65535: " + port);
        }
    }
}
