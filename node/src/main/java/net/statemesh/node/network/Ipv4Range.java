// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.network;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A range of IPv4 addresses (RFC 4632).
 *
 * @param first lowest address as an unsigned number
 * @param prefix leading bits that all of them share, 0 to 32
 */
record Ipv4Range(int first, int prefix) {
    private static final int BITS = 32;
    private static final Pattern TEXT =
            Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})(?:/(\\d{1,2}))?");

    /** Reads {@code 10.64.1.0/24}, or a single address; empty when it is neither or has bits behind its prefix. */
    static Optional<Ipv4Range> parse(String text) {
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        int address = 0;
        for (int part = 1; part <= 4; part++) {
            int value = Integer.parseInt(parts.group(part));
            if (value > 255) {
                return Optional.empty();
            }
            address = (address << 8) | value;
        }
        int prefix = parts.group(5) == null ? BITS : Integer.parseInt(parts.group(5));
        return prefix > BITS || (address & ~mask(prefix)) != 0
                ? Optional.empty()
                : Optional.of(new Ipv4Range(address, prefix));
    }

    /** The larger range around this one, or this one when it is as large already. */
    Ipv4Range widened(int shorterPrefix) {
        int wide = Math.min(prefix, shorterPrefix);
        return new Ipv4Range(first & mask(wide), wide);
    }

    boolean contains(Ipv4Range other) {
        return other.prefix >= prefix && (other.first & mask(prefix)) == first;
    }

    boolean overlaps(Ipv4Range other) {
        return contains(other) || other.contains(this);
    }

    private static int mask(int prefix) {
        return prefix == 0 ? 0 : -1 << (BITS - prefix);
    }
}
