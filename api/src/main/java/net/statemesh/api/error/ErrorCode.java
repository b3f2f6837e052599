// SPDX-License-Identifier: Apache-2.0
package net.statemesh.api.error;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A stable name for one way to fail. Each room declares its own as constants; the same code stands in output, API Status, Events
 * and JSON.
 *
 * @param code {@code SM-AREA-NNN}
 */
public record ErrorCode(String code, ErrorKind kind) {
    private static final Pattern SHAPE = Pattern.compile("SM-[A-Z]+-\\d{3}");

    public ErrorCode {
        Objects.requireNonNull(kind, "kind");
        if (!SHAPE.matcher(code).matches()) {
            throw new IllegalArgumentException("code must look like SM-AREA-001: " + code);
        }
    }

    @Override
    public String toString() {
        return code;
    }
}
