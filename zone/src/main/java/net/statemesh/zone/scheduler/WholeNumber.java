// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.scheduler;

import org.jspecify.annotations.Nullable;

/** Numbers that labels and annotations hold as text. */
final class WholeNumber {
    private WholeNumber() {}

    /** 0 when absent, negative or not a number. */
    static long of(@Nullable String text) {
        if (text == null) {
            return 0;
        }
        try {
            return Math.max(0, Long.parseLong(text));
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
