// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.output;

import java.util.Locale;

/** Values of {@code -o}. */
public enum Format {
    TABLE,
    WIDE,
    JSON,
    YAML,
    NAME;

    /** Whether standard output belongs to one document that programs read. */
    public boolean isDocument() {
        return this == JSON || this == YAML;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
