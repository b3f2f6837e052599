// SPDX-License-Identifier: Apache-2.0
package net.statemesh.evm.transaction;

/** A transaction that no block may contain; the message names the field, its value and what would be accepted. */
public final class InvalidTransactionException extends Exception {
    private final Rejection rejection;

    public InvalidTransactionException(Rejection rejection, String message) {
        super(message);
        this.rejection = rejection;
    }

    public Rejection rejection() {
        return rejection;
    }
}
