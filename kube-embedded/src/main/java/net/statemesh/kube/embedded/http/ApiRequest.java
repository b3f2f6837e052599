// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.http;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;

/**
 * One request, complete.
 *
 * @param path decoded path without the query
 * @param target path and query as sent
 * @param query decoded parameters
 * @param peer client certificate chain, leaf first, not yet verified; empty when none was shown
 */
@SuppressWarnings("ArrayRecordComponent") // a body is read once and never compared
public record ApiRequest(
        HttpMethod method,
        String path,
        String target,
        Map<String, List<String>> query,
        HttpHeaders headers,
        byte[] body,
        List<X509Certificate> peer,
        boolean http2) {

    /** First value of a query parameter, empty when absent. */
    public String parameter(String name) {
        List<String> values = query.getOrDefault(name, List.of());
        return values.isEmpty() ? "" : values.getFirst();
    }

    public boolean flag(String name) {
        List<String> values = query.getOrDefault(name, List.of());
        return !values.isEmpty()
                && !values.getFirst().equals("false")
                && !values.getFirst().equals("0");
    }

    public String header(String name) {
        String value = headers.get(name);
        return value == null ? "" : value;
    }
}
