// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.scheduler;

import org.jspecify.annotations.Nullable;

/**
 * Why a filter keeps a pod off a node.
 *
 * @param filter name of the filter
 * @param reason follows a number of nodes in a sentence and is the same for all nodes of the same trouble: {@code lack 500m CPU},
 *     {@code cordoned by alice}
 * @param free how near the node came; absent where that means nothing
 */
public record Refusal(
        String filter, String reason, @Nullable Figure free) {
    /** An amount that can be compared, and its text. */
    public record Figure(long amount, String text) {}

    static Refusal of(String filter, String reason) {
        return new Refusal(filter, reason, null);
    }

    /** Whether the reason says what the node lacks; else what it is. */
    static boolean isLack(String reason) {
        return reason.startsWith(LACK);
    }

    /** The reason without its verb. */
    static String lacking(String reason) {
        return isLack(reason) ? reason.substring(LACK.length()) : reason;
    }

    private static final String LACK = "lack ";
}
