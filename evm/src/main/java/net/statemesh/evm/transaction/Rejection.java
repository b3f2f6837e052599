// SPDX-License-Identifier: Apache-2.0
package net.statemesh.evm.transaction;

/** What makes a transaction one that no block may contain. */
public enum Rejection {
    /** The bytes are not those of a transaction. */
    MALFORMED,
    UNSUPPORTED_TYPE,
    NONCE_OVERFLOW,
    GAS_LIMIT_OVERFLOW,
    /** Gas limit times price, or the whole cost, has more than 256 bits. */
    COST_OVERFLOW,
    WRONG_CHAIN,
    INVALID_SIGNATURE,
    INTRINSIC_GAS_TOO_LOW,
    INIT_CODE_TOO_LARGE,
    PRIORITY_FEE_ABOVE_MAX_FEE,
    MAX_FEE_BELOW_BASE_FEE,
    GAS_LIMIT_ABOVE_BLOCK,
    NONCE_TOO_LOW,
    NONCE_TOO_HIGH,
    NONCE_IS_MAX,
    SENDER_HAS_CODE,
    INSUFFICIENT_FUNDS,
    BLOBS_NOT_SUPPORTED,
    BLOB_CREATES_CONTRACT,
    NO_BLOBS,
    TOO_MANY_BLOBS,
    BLOB_HASH_VERSION,
    MAX_BLOB_FEE_TOO_LOW
}
