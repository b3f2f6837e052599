// SPDX-License-Identifier: Apache-2.0
package net.statemesh.evm.rlp;

import java.util.List;
import net.statemesh.evm.type.Bytes;

/** What RLP encodes: a byte string or a list of items. */
public sealed interface RlpItem {
    record Text(Bytes value) implements RlpItem {}

    record Sequence(List<RlpItem> items) implements RlpItem {
        public Sequence {
            items = List.copyOf(items);
        }
    }
}
