// SPDX-License-Identifier: Apache-2.0
package net.statemesh.evm.interpreter;

/** Why a call ended without result: everything it did is undone. All but the last four also consume its gas. */
public enum HaltReason {
    OUT_OF_GAS("out of gas"),
    STACK_UNDERFLOW("stack underflow"),
    STACK_OVERFLOW("stack overflow"),
    INVALID_OPCODE("invalid opcode"),
    INVALID_JUMP("invalid jump destination"),
    STATIC_VIOLATION("write in a static call"),
    RETURN_DATA_OUT_OF_BOUNDS("return data out of bounds"),
    INIT_CODE_TOO_LARGE("init code longer than 49152 bytes"),
    CODE_TOO_LARGE("contract code longer than 24576 bytes"),
    CODE_STARTS_WITH_EF("contract code starts with 0xef"),
    ADDRESS_COLLISION("a contract is there already"),
    PRECOMPILE_FAILED("precompile failed"),
    REVERTED("execution reverted"),
    CALL_TOO_DEEP("call depth above 1024"),
    INSUFFICIENT_BALANCE("insufficient balance for transfer"),
    NONCE_OVERFLOW("nonce is 2^64 - 1");

    private final String text;

    HaltReason(String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }
}
