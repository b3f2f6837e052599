// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.vdf;

import net.statemesh.api.error.ErrorCode;
import net.statemesh.api.error.ErrorKind;

/** What can go wrong with proofs on the command line. */
final class VdfErrors {
    /** Seed, bits, squarings or key are out of range. */
    static final ErrorCode STATEMENT = new ErrorCode("SM-VDF-001", ErrorKind.USER);
    /** The proof does not prove the statement. */
    static final ErrorCode INVALID_PROOF = new ErrorCode("SM-VDF-002", ErrorKind.USER);
    /** The checkpoint is damaged or belongs to another statement. */
    static final ErrorCode CHECKPOINT = new ErrorCode("SM-VDF-003", ErrorKind.USER);
    /** A file cannot be read or written. */
    static final ErrorCode FILE = new ErrorCode("SM-VDF-004", ErrorKind.USER);
    /** The back end that was asked for is not on this machine. */
    static final ErrorCode BACKEND = new ErrorCode("SM-VDF-005", ErrorKind.USER);
    /** The proof just made does not verify: memory or processor are faulty, or the checkpoint was forged. */
    static final ErrorCode SELF_CHECK = new ErrorCode("SM-VDF-006", ErrorKind.PLATFORM);
    /** Stopped before the end on request; a checkpoint is kept. */
    static final ErrorCode INTERRUPTED = new ErrorCode("SM-VDF-007", ErrorKind.TIMEOUT);

    private VdfErrors() {}
}
