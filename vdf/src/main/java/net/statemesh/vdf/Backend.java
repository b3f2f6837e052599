// SPDX-License-Identifier: Apache-2.0
package net.statemesh.vdf;

/** Where long multiplications and divisions run. Every back end gives the same bytes. */
public enum Backend {
    /** Euclid's algorithm in Java; multiplication and division in libgmp.so.10 through the foreign function interface. */
    HYBRID("hybrid (Java and libgmp)"),
    /** Everything in Java. */
    JAVA("pure Java");

    private final String title;

    Backend(String title) {
        this.title = title;
    }

    /** For people. */
    public String title() {
        return title;
    }

    /** Whether this machine can run it: libgmp.so.10 is present and native access is granted. */
    public boolean isAvailable() {
        return switch (this) {
            case HYBRID -> GmpLibrary.isUsable();
            case JAVA -> true;
        };
    }

    /** The fastest that this machine can run. */
    public static Backend fastest() {
        return HYBRID.isAvailable() ? HYBRID : JAVA;
    }

    /** @throws UnsupportedOperationException when this machine cannot run this back end */
    LimbArithmetic arithmetic(int capacityLimbs) {
        if (!isAvailable()) {
            throw new UnsupportedOperationException(
                    "the back end " + this + " needs libgmp.so.10; JAVA runs everywhere");
        }
        return switch (this) {
            case HYBRID -> new GmpLimbs();
            case JAVA -> new JavaLimbs(capacityLimbs);
        };
    }
}
