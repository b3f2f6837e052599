// SPDX-License-Identifier: Apache-2.0
package net.statemesh.evm.precompile;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import net.statemesh.evm.type.Address;
import org.jspecify.annotations.Nullable;

/** Which addresses are precompiles. */
public final class Precompiles {
    private final Map<Address, Precompile> byAddress;

    private Precompiles(Map<Address, Precompile> byAddress) {
        this.byAddress = byAddress;
    }

    public static Precompiles none() {
        return new Precompiles(Map.of());
    }

    /** These and one more. */
    public Precompiles with(Address address, Precompile precompile) {
        Map<Address, Precompile> more = new HashMap<>(byAddress);
        more.put(address, precompile);
        return new Precompiles(Map.copyOf(more));
    }

    public @Nullable Precompile at(Address address) {
        return byAddress.get(address);
    }

    public Set<Address> addresses() {
        return byAddress.keySet();
    }
}
