// SPDX-License-Identifier: Apache-2.0
package net.statemesh.evm.interpreter;

import java.util.Optional;
import net.statemesh.evm.type.Address;
import net.statemesh.evm.type.Bytes;
import net.statemesh.evm.type.Word;

/**
 * The outermost call of a transaction.
 *
 * @param to the contract called; empty to create one
 * @param input call data, or the init code of the contract to create
 * @param senderNonce the transaction's nonce, of which the address of a created contract is made
 */
public record Message(Address sender, Optional<Address> to, Word value, Bytes input, long gas, long senderNonce) {}
