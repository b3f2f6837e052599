// SPDX-License-Identifier: Apache-2.0
package net.statemesh.api.application;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a component is when JSON leaves it out. */
final class Absent {
    private Absent() {}

    static <T> List<T> list(@Nullable List<T> value) {
        return value == null ? List.of() : List.copyOf(value);
    }

    /** Keeps the order, so that the same object always gives the same JSON. */
    static <V> Map<String, V> map(@Nullable Map<String, V> value) {
        return value == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(value));
    }

    static <T> T or(@Nullable T value, T absent) {
        return value == null ? absent : value;
    }
}
