// SPDX-License-Identifier: Apache-2.0
package net.statemesh.evm.interpreter;

/** The ways into a contract, named as opcodes. */
public enum CallKind {
    CALL,
    CALLCODE,
    DELEGATECALL,
    STATICCALL,
    CREATE,
    CREATE2,
    SELFDESTRUCT;

    public boolean isCreation() {
        return this == CREATE || this == CREATE2;
    }
}
