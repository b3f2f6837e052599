// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.nodes;

import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Locale;
import net.statemesh.api.Quantities;

/** Amounts of memory in the binary unit that reads best. */
final class Sizes {
    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};

    private Sizes() {}

    /** {@code 24589344Ki} to {@code 23.5 GiB}; what is no quantity stays. */
    static String binary(String quantity) {
        double value;
        try {
            value = Quantities.bytes(new Quantity(quantity));
        } catch (IllegalArgumentException e) {
            return quantity;
        }
        int unit = 0;
        while (value >= 1024 && unit < UNITS.length - 1) {
            value /= 1024;
            unit++;
        }
        return String.format(Locale.ROOT, value < 10 && unit > 0 ? "%.1f %s" : "%.0f %s", value, UNITS[unit]);
    }
}
