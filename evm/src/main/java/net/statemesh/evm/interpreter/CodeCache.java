// SPDX-License-Identifier: Apache-2.0
package net.statemesh.evm.interpreter;

import java.util.LinkedHashMap;
import java.util.Map;
import net.statemesh.evm.type.Bytes;
import net.statemesh.evm.type.Word;

/** Analysed code by code hash; the least recently used goes first. One thread at a time. */
public final class CodeCache {
    private static final float LOAD_FACTOR = 0.75f;
    private static final int FIRST_CAPACITY = 64;

    private final long capacityBytes;
    private final LinkedHashMap<Word, Code> codes = new LinkedHashMap<>(FIRST_CAPACITY, LOAD_FACTOR, true);
    private long usedBytes;

    /** @param capacityBytes how much memory to use, about */
    public CodeCache(long capacityBytes) {
        this.capacityBytes = capacityBytes;
    }

    Code get(Word codeHash, Bytes code) {
        Code known = codes.get(codeHash);
        if (known == null) {
            known = new Code(code.shared());
            codes.put(codeHash, known);
            usedBytes += known.footprintBytes();
            evict();
        }
        return known;
    }

    private void evict() {
        while (usedBytes > capacityBytes && codes.size() > 1) {
            Map.Entry<Word, Code> eldest = codes.firstEntry();
            usedBytes -= eldest.getValue().footprintBytes();
            codes.remove(eldest.getKey());
        }
    }
}
