// SPDX-License-Identifier: Apache-2.0
package net.statemesh.bench.router;

import java.nio.charset.StandardCharsets;

/** Applications and pods of a {@link Site} as JSON, of the size they have in a zone. */
final class SiteObjects {
    private SiteObjects() {}

    static byte[] application(Site site, int number) {
        return utf8("""
                {"apiVersion":"statemesh.net/v1alpha1","kind":"Application","metadata":{"name":"%s"},"spec":{"replicas":%d,
                "containers":[{"name":"web","image":"registry.statemesh.localhost/web:1.4.2"}],"entrypoints":%s}}
                """.formatted(site.name(number), site.replicas(), entrypoints(site, Site.OTHER_PATH)));
    }

    /** A patch that moves the other path. */
    static byte[] otherPath(Site site, String path) {
        return utf8("{\"spec\":{\"entrypoints\":%s}}".formatted(entrypoints(site, path)));
    }

    private static String entrypoints(Site site, String otherPath) {
        return "[{\"path\":\"%2$s\",\"port\":%1$d},{\"path\":\"%3$s\",\"port\":%1$d}]"
                .formatted(site.port(), Site.PATH, otherPath);
    }

    static byte[] applicationStatus(Site site, int number) {
        return utf8("""
                {"status":{"phase":"Serving","id":"%s","observedGeneration":1,"replicas":%d,"readyReplicas":%2$d,"hosts":["%3$s"],
                "urls":["https://%3$s:8443"]}}
                """.formatted(site.id(number), site.replicas(), site.host(number)));
    }

    static String podName(Site site, int number) {
        return "%s-7f9c-%d".formatted(site.name(number / site.replicas()), number % site.replicas());
    }

    static byte[] pod(Site site, int number) {
        return utf8("""
                {"metadata":{"name":"%s","labels":{"statemesh.net/project":"%s","statemesh.net/application":"%s",
                "statemesh.net/revision":"7f9c"}},"spec":{"schedulerName":"statemesh","nodeName":"node-1","containers":[{"name":"web",
                "image":"registry.statemesh.localhost/web:1.4.2","ports":[{"containerPort":8080,"name":"http"}],
                "env":[{"name":"INGRESS_DOMAIN","value":"shop.example.com"},{"name":"LOG_LEVEL","value":"info"}],
                "resources":{"requests":{"cpu":"100m","memory":"128Mi"},"limits":{"memory":"256Mi"}},
                "readinessProbe":{"httpGet":{"path":"/health","port":8080},"periodSeconds":2}}]}}
                """.formatted(
                podName(site, number), Site.project(number / site.replicas()), site.name(number / site.replicas())));
    }

    static byte[] podStatus(Site site, int number) {
        return utf8("""
                {"status":{"phase":"Running","podIP":"%s","conditions":[{"type":"Ready","status":"True"}]}}
                """.formatted(site.address(number / site.replicas(), number % site.replicas())));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
