// SPDX-License-Identifier: Apache-2.0
package net.statemesh.evm.rlp;

/** Bytes that are not the one canonical encoding of anything. */
public final class RlpException extends Exception {
    public RlpException(String message) {
        super(message);
    }
}
