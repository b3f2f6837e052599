// SPDX-License-Identifier: Apache-2.0
package net.statemesh.ingress;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.statemesh.api.error.StateMeshException;

/** Reads {@code address:port} with a literal address: {@code 0.0.0.0:80}, {@code [::1]:8443}. */
final class ListenAddress {
    private static final Pattern SHAPE =
            Pattern.compile("(?:\\[(?<v6>[^\\]]+)\\]|(?<v4>[^:\\[\\]]+)):(?<port>\\d{1,5})");
    private static final int MAX_PORT = 65_535;

    private ListenAddress() {}

    static InetSocketAddress parse(String text) {
        Matcher parts = SHAPE.matcher(text);
        if (!parts.matches() || Integer.parseInt(parts.group("port")) > MAX_PORT) {
            throw wrong(text);
        }
        String literal = parts.group("v6") == null ? parts.group("v4") : parts.group("v6");
        try {
            return new InetSocketAddress(InetAddress.ofLiteral(literal), Integer.parseInt(parts.group("port")));
        } catch (IllegalArgumentException e) {
            throw wrong(text);
        }
    }

    private static StateMeshException wrong(String text) {
        return new StateMeshException(
                IngressErrors.BAD_CONFIG,
                "'%s' is no address to listen on; accepted is a literal address and a port, for example 0.0.0.0:8443 or [::]:8443"
                        .formatted(text),
                List.of(),
                List.of("correct the router's configuration"));
    }
}
