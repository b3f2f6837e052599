// SPDX-License-Identifier: Apache-2.0
package net.statemesh.evm.interpreter;

/** Why the interpreter has left a frame. */
enum Exit {
    /** STOP, RETURN or SELFDESTRUCT. */
    DONE,
    REVERTED,
    HALTED,
    /** The frame above is ready to run; this one goes on when it is done. */
    CALLED
}
