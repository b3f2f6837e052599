// SPDX-License-Identifier: Apache-2.0
package net.statemesh.vdf;

/** Bytes that are not a checkpoint of the statement that is to go on; the message says why. */
public final class CheckpointException extends IllegalArgumentException {
    CheckpointException(String message) {
        super(message);
    }
}
