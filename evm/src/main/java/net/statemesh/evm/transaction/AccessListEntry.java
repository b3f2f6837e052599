// SPDX-License-Identifier: Apache-2.0
package net.statemesh.evm.transaction;

import java.util.List;
import net.statemesh.evm.type.Address;
import net.statemesh.evm.type.Word;

/** An account and slots of it that a transaction announces (EIP-2930). */
public record AccessListEntry(Address address, List<Word> slots) {
    public AccessListEntry {
        slots = List.copyOf(slots);
    }
}
