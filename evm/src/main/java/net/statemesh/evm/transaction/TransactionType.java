// SPDX-License-Identifier: Apache-2.0
package net.statemesh.evm.transaction;

/** The envelopes of EIP-2718. */
public enum TransactionType {
    LEGACY(-1),
    /** EIP-2930. */
    ACCESS_LIST(1),
    /** EIP-1559. */
    DYNAMIC_FEE(2),
    /** EIP-4844, without the blobs themselves. The StateMesh chain takes none of these. */
    BLOB(3);

    private final int firstByte;

    TransactionType(int firstByte) {
        this.firstByte = firstByte;
    }

    /** What the encoding begins with; -1 for legacy ones, which begin with a list. */
    public int firstByte() {
        return firstByte;
    }
}
