// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.quota;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.util.Map;
import java.util.TreeMap;
import net.statemesh.kube.embedded.rules.Quantity;

/** What one pod counts for, in thousandths: init containers run one after the other, so only the largest counts. */
final class Usage {
    private static final BigInteger ONE = BigInteger.valueOf(1000);

    private Usage() {}

    static Map<String, BigInteger> of(JsonNode pod) {
        Map<String, BigInteger> usage = new TreeMap<>();
        usage.put("pods", ONE);
        for (String kind : new String[] {"requests", "limits"}) {
            for (String resource : new String[] {"cpu", "memory"}) {
                BigInteger sum = BigInteger.ZERO;
                for (JsonNode container : pod.path("spec").path("containers")) {
                    sum = sum.add(amount(container, kind, resource));
                }
                for (JsonNode container : pod.path("spec").path("initContainers")) {
                    sum = sum.max(amount(container, kind, resource));
                }
                usage.put(kind + "." + resource, sum);
            }
        }
        return usage;
    }

    /** Quotas name requests also without the prefix, and pods also as a count. */
    static String plain(String name) {
        return switch (name) {
            case "count/pods" -> "pods";
            case "cpu", "memory" -> "requests." + name;
            default -> name;
        };
    }

    static boolean everyContainerSays(JsonNode pod, String name) {
        String[] parts = plain(name).split("\\.", 2);
        if (parts.length < 2) {
            return true;
        }
        for (JsonNode container : pod.path("spec").path("containers")) {
            if (!container.path("resources").path(parts[0]).has(parts[1])) {
                return false;
            }
        }
        return true;
    }

    private static BigInteger amount(JsonNode container, String kind, String resource) {
        return Quantity.milli(
                container.path("resources").path(kind).path(resource).asText("0"));
    }
}
