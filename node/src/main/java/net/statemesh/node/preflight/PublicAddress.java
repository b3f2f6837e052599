// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.preflight;

import java.util.Locale;

/** Which addresses can be reached from the Internet. */
final class PublicAddress {
    private static final int CARRIER_NAT_FIRST = 64;
    private static final int CARRIER_NAT_LAST = 127;

    private PublicAddress() {}

    /** False for loopback, link-local, private (RFC 1918, RFC 4193) and carrier-grade NAT (RFC 6598) addresses. */
    static boolean isPublic(String address) {
        String text = address.replaceFirst("[%/].*$", "").toLowerCase(Locale.ROOT);
        if (text.contains(":")) {
            return text.matches("[23][0-9a-f]{3}:.*") && !text.startsWith("2001:db8:");
        }
        String[] parts = text.split("\\.", -1);
        if (parts.length != 4) {
            return false;
        }
        int first = Integer.parseInt(parts[0]);
        int second = Integer.parseInt(parts[1]);
        return switch (first) {
            case 0, 10, 127 -> false;
            case 100 -> second < CARRIER_NAT_FIRST || second > CARRIER_NAT_LAST;
            case 169 -> second != 254;
            case 172 -> second < 16 || second > 31;
            case 192 -> second != 168;
            default -> first < 224;
        };
    }
}
