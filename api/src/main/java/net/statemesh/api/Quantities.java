// SPDX-License-Identifier: Apache-2.0
package net.statemesh.api;

import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** Kubernetes quantities as whole numbers: CPU in thousandths of a core, everything else in units. */
public final class Quantities {
    /** What the API server accepts as an amount: a decimal number with an optional decimal or binary unit. */
    public static final String PATTERN = "^[0-9]+(\\.[0-9]+)?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$";

    private static final BigDecimal MILLIS = BigDecimal.valueOf(1000);
    private static final String[] BINARY_UNITS = {"", "Ki", "Mi", "Gi", "Ti", "Pi"};

    private Quantities() {}

    /** CPU in thousandths of a core, rounded up; 0 when absent. Throws IllegalArgumentException for a malformed quantity. */
    public static long cpuMillis(@Nullable Quantity quantity) {
        return quantity == null ? 0 : rounded(quantity.getNumericalAmount().multiply(MILLIS));
    }

    /** Bytes, rounded up; 0 when absent. Throws IllegalArgumentException for a malformed quantity. */
    public static long bytes(@Nullable Quantity quantity) {
        return count(quantity);
    }

    /** A plain number such as pods, rounded up; 0 when absent. Throws IllegalArgumentException for a malformed quantity. */
    public static long count(@Nullable Quantity quantity) {
        return quantity == null ? 0 : rounded(quantity.getNumericalAmount());
    }

    public static Quantity ofCpuMillis(long millis) {
        return millis % 1000 == 0 ? new Quantity(Long.toString(millis / 1000)) : new Quantity(millis + "m");
    }

    public static Quantity ofBytes(long bytes) {
        int unit = 0;
        long value = bytes;
        while (value != 0 && value % 1024 == 0 && unit < BINARY_UNITS.length - 1) {
            value /= 1024;
            unit++;
        }
        return new Quantity(value + BINARY_UNITS[unit]);
    }

    private static long rounded(BigDecimal value) {
        return value.setScale(0, RoundingMode.CEILING)
                .min(BigDecimal.valueOf(Long.MAX_VALUE))
                .longValue();
    }
}
