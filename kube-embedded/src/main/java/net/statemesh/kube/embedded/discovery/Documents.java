// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.discovery;

import java.util.List;
import java.util.Set;
import net.statemesh.kube.embedded.http.ApiRequest;
import net.statemesh.kube.embedded.http.Exchange;
import net.statemesh.kube.embedded.object.Json;
import net.statemesh.kube.embedded.status.ApiException;

/** Paths that are no resources: health, version, discovery, OpenAPI. */
public final class Documents {
    private static final Set<String> PUBLIC = Set.of("/livez", "/readyz", "/healthz", "/version");

    private final Discovery discovery;
    private final OpenApi openApi;
    private final Health health;

    /** What keeps the server from being ready; empty when it is. */
    @FunctionalInterface
    public interface Health {
        List<String> problems();
    }

    public Documents(Discovery discovery, OpenApi openApi, Health health) {
        this.discovery = discovery;
        this.openApi = openApi;
        this.health = health;
    }

    /** True for what anybody may read without saying who they are. */
    public boolean isPublic(String path) {
        return PUBLIC.contains(path);
    }

    public void serve(ApiRequest request, Exchange exchange) {
        if (!request.method().name().equals("GET") && !request.method().name().equals("HEAD")) {
            throw ApiException.methodNotAllowed();
        }
        String path = request.path().endsWith("/") && request.path().length() > 1
                ? request.path().substring(0, request.path().length() - 1)
                : request.path();
        List<String> parts = List.of(path.substring(1).split("/", -1));
        switch (parts.getFirst()) {
            case "livez" -> exchange.text(200, "ok");
            case "readyz", "healthz" -> health(exchange);
            case "version" ->
                exchange.json(
                        200,
                        Json.object()
                                .put("major", "1")
                                .put("minor", "32")
                                .put("gitVersion", "v1.32.0+statemesh")
                                .put("platform", "linux/amd64"));
            case "api", "apis" -> discovery(parts, request, exchange);
            case "openapi" -> openApi(path, request, exchange);
            default -> throw ApiException.noSuchPath();
        }
    }

    private void health(Exchange exchange) {
        List<String> problems = health.problems();
        if (problems.isEmpty()) {
            exchange.text(200, "ok");
        } else {
            exchange.text(503, "not ready:\n" + String.join("\n", problems) + "\n");
        }
    }

    private void openApi(String path, ApiRequest request, Exchange exchange) {
        if (path.equals("/openapi/v3")) {
            exchange.json(200, openApi.index());
        } else if (path.startsWith("/openapi/v3/")) {
            exchange.json(200, openApi.document(path.substring("/openapi/v3/".length())));
        } else if (path.equals("/openapi/v2")) {
            String accept = request.header("Accept");
            if (!accept.isEmpty() && !accept.contains("json") && !accept.contains("*/*")) {
                throw ApiException.of(
                        406, "NotAcceptable", "only the following media types are accepted: application/json");
            }
            exchange.json(200, openApi.everything());
        } else {
            throw ApiException.noSuchPath();
        }
    }

    private void discovery(List<String> parts, ApiRequest request, Exchange exchange) {
        boolean core = parts.getFirst().equals("api");
        if (parts.size() == 1) {
            String version = Discovery.aggregatedVersion(request.header("Accept"));
            if (!version.isEmpty()) {
                exchange.send(
                        200,
                        "application/json;g=apidiscovery.k8s.io;v=" + version + ";as=APIGroupDiscoveryList",
                        Json.bytes(discovery.aggregated(core, version)));
            } else {
                exchange.json(200, core ? discovery.coreVersions() : discovery.groups());
            }
        } else if (core && parts.size() == 2) {
            exchange.json(200, discovery.resources("", parts.get(1)));
        } else if (!core && parts.size() == 2) {
            exchange.json(200, discovery.group(parts.get(1)));
        } else if (!core && parts.size() == 3) {
            exchange.json(200, discovery.resources(parts.get(1), parts.get(2)));
        } else {
            throw ApiException.noSuchPath();
        }
    }
}
