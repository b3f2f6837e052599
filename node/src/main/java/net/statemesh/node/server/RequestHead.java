// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.server;

import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A request without its body.
 *
 * @param parts of the path, decoded
 */
record RequestHead(
        String method,
        String path,
        List<String> parts,
        Map<String, List<String>> query,
        List<Map.Entry<String, String>> headers) {

    static RequestHead of(HttpRequest request) {
        QueryStringDecoder uri = new QueryStringDecoder(request.uri());
        return new RequestHead(
                request.method().name(),
                uri.path(),
                Stream.of(uri.path().split("/")).filter(p -> !p.isEmpty()).toList(),
                uri.parameters(),
                List.copyOf(request.headers().entries()));
    }

    Optional<String> parameter(String name) {
        return query.getOrDefault(name, List.of()).stream().findFirst();
    }

    /** {@code true} or {@code 1}. */
    boolean flag(String... names) {
        return Stream.of(names).flatMap(n -> parameter(n).stream()).anyMatch(v -> v.equals("true") || v.equals("1"));
    }

    Optional<String> header(String name) {
        return headers.stream()
                .filter(h -> h.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .findFirst();
    }
}
