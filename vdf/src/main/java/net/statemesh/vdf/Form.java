// SPDX-License-Identifier: Apache-2.0
package net.statemesh.vdf;

import java.math.BigInteger;

/** The binary quadratic form a x² + b x y + c y². */
public record Form(BigInteger a, BigInteger b, BigInteger c) {
    /** b² - 4ac. */
    public BigInteger discriminant() {
        return b.multiply(b).subtract(a.multiply(c).shiftLeft(2));
    }

    /** Whether this is the one reduced form of its class: -a &lt; b &lt;= a &lt;= c, and b &gt;= 0 when a = c. */
    public boolean isReduced() {
        int ends = a.compareTo(c);
        return a.signum() > 0
                && b.abs().compareTo(a) <= 0
                && ends <= 0
                && !(b.signum() < 0 && (ends == 0 || b.negate().equals(a)));
    }

    /** The form of the inverse class, reduced if this one is. */
    public Form inverse() {
        return a.equals(b) || a.equals(c) ? this : new Form(a, b.negate(), c);
    }
}
