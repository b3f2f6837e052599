// SPDX-License-Identifier: Apache-2.0
package net.statemesh.bench.apiserver;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** The objects of the benchmark: pods as a controller creates and a node reports them. */
final class Pods {
    static final int NAMESPACES = 100;
    static final int PER_NAMESPACE = 50;

    private Pods() {}

    static String namespace(int number) {
        return "project-" + number % NAMESPACES;
    }

    static String collection(int number) {
        return "/api/v1/namespaces/" + namespace(number) + "/pods";
    }

    static String status(int number) {
        return collection(number) + "/" + name(number) + "/status";
    }

    static byte[] namespaceBody(int number) {
        return utf8("{\"metadata\":{\"name\":\"" + namespace(number) + "\"}}");
    }

    static byte[] body(int number) {
        return utf8("""
                {"metadata":{"name":"%s","labels":{"statemesh.net/project":"%s","statemesh.net/application":"shop",
                "statemesh.net/revision":"7f9c"}},"spec":{"schedulerName":"statemesh","containers":[{"name":"web",
                "image":"registry.statemesh.localhost/shop:1.4.2","ports":[{"containerPort":8080,"name":"http"}],
                "env":[{"name":"INGRESS_DOMAIN","value":"shop.example.com"},{"name":"LOG_LEVEL","value":"info"}],
                "resources":{"requests":{"cpu":"100m","memory":"128Mi"},"limits":{"memory":"256Mi"}},
                "readinessProbe":{"httpGet":{"path":"/health","port":8080},"periodSeconds":2}}]}}
                """.formatted(name(number), namespace(number)));
    }

    /** A node's report on a pod, which carries a sequence number to every watch; two rounds say nothing twice. */
    static byte[] report(int round, int sequence) {
        return utf8("{\"status\":{\"phase\":\"Running\",\"message\":\"" + round + WatchReader.MARK
                + String.format(Locale.ROOT, "%0" + WatchReader.DIGITS + "d", sequence) + "\"}}");
    }

    private static String name(int number) {
        return "shop-" + number / NAMESPACES;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
