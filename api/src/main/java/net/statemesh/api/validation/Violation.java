// SPDX-License-Identifier: Apache-2.0
package net.statemesh.api.validation;

/**
 * One field that cannot be accepted.
 *
 * @param field path, for example {@code spec.containers[0].ports[1].port}
 * @param value what was given
 * @param accepted what would be accepted
 */
public record Violation(String field, String value, String accepted) {
    /** One sentence: field, value, accepted. */
    public String sentence() {
        return field + " is " + (value.isEmpty() ? "empty" : "'" + value + "'") + ": accepted is " + accepted;
    }
}
