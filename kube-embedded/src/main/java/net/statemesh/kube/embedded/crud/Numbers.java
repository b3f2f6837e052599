// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.crud;

import net.statemesh.kube.embedded.http.ApiRequest;
import net.statemesh.kube.embedded.status.ApiException;

/** Numbers in query parameters. */
final class Numbers {
    private Numbers() {}

    /** The number in a parameter, 0 when absent; refuses anything but a non-negative whole number. */
    static long parameter(ApiRequest request, String name) {
        String text = request.parameter(name);
        if (text.isEmpty()) {
            return 0;
        }
        try {
            long number = Long.parseLong(text);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw invalid(name, text);
        }
        throw invalid(name, text);
    }

    private static ApiException invalid(String name, String text) {
        return ApiException.badRequest(
                name + ": Invalid value: \"" + text + "\": must be a whole number of at least 0");
    }
}
