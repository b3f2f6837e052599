// SPDX-License-Identifier: Apache-2.0
package net.statemesh.vdf;

/** A form shares a factor with its discriminant, which a prime discriminant rules out. */
final class CompositeDiscriminantException extends ArithmeticException {
    CompositeDiscriminantException() {
        super("the discriminant is not prime");
    }
}
