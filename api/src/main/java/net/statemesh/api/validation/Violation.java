// SPDX-License-Identifier: Apache-2.0
package net.statemesh.api.validation;

import net.statemesh.api.Reason;

/**
 * One field that cannot be accepted.
 *
 * @param field path, for example {@code spec.containers[0].ports[1].port}
 * @param value what was given
 * @param accepted what would be accepted
 * @param reason one of {@link Reason}
 */
public record Violation(String field, String value, String accepted, String reason) {
    public Violation(String field, String value, String accepted) {
        this(field, value, accepted, Reason.INVALID);
    }

    /** One sentence: field, value, accepted. */
    public String sentence() {
        return field + " is " + (value.isEmpty() ? "empty" : "'" + value + "'") + ": accepted is " + accepted;
    }
}
