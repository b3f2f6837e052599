// SPDX-License-Identifier: Apache-2.0
package net.statemesh.api.validation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects violations in the order of the fields. */
final class Violations {
    private final List<Violation> found = new ArrayList<>();

    void add(String field, @Nullable Object value, String accepted) {
        found.add(new Violation(field, value == null ? "" : value.toString(), accepted));
    }

    void add(Violation violation) {
        found.add(violation);
    }

    void require(boolean holds, String field, @Nullable Object value, String accepted) {
        if (!holds) {
            add(field, value, accepted);
        }
    }

    /** Whether the value is there; otherwise a violation. */
    boolean present(@Nullable Object value, String field, String accepted) {
        require(value != null && !value.toString().isEmpty(), field, value, accepted);
        return value != null;
    }

    List<Violation> list() {
        return List.copyOf(found);
    }

    /** Reports each value that was seen before. */
    final class Unique {
        private final Set<Object> seen = new HashSet<>();
        private final String accepted;

        Unique(String accepted) {
            this.accepted = accepted;
        }

        void check(String field, Object value) {
            require(seen.add(value), field, value, accepted);
        }
    }
}
