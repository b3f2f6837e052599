// SPDX-License-Identifier: Apache-2.0
package net.statemesh.evm.trie;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import net.statemesh.evm.type.Bytes;
import net.statemesh.evm.type.Word;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("property")
class MerkleTrieTest {
    private static final long SEED = 20_261_122;
    private static final int STEPS = 4_000;
    private static final int CHECK_EVERY = 200;

    @Test
    void anyOrderOfWritesAndRemovalsGivesTheTrieOfWhatIsLeft() throws InvalidProofException {
        Random random = new Random(SEED);
        MerkleTrie trie = new MerkleTrie();
        Map<Bytes, Bytes> model = new HashMap<>();
        for (int step = 1; step <= STEPS; step++) {
            Bytes key = key(random);
            if (random.nextInt(3) == 0) {
                trie.remove(key.toArray());
                model.remove(key);
            } else {
                byte[] value = new byte[1 + random.nextInt(50)];
                random.nextBytes(value);
                trie.put(key.toArray(), value);
                model.put(key, Bytes.copyOf(value));
            }
            if (step % CHECK_EVERY == 0) {
                check(trie, model, random);
            }
        }
    }

    private static void check(MerkleTrie trie, Map<Bytes, Bytes> model, Random random) throws InvalidProofException {
        MerkleTrie fresh = new MerkleTrie();
        TreeMap<byte[], Bytes> ordered = new TreeMap<>(Arrays::compareUnsigned);
        model.forEach((key, value) -> ordered.put(key.toArray(), value));
        model.forEach((key, value) -> fresh.put(key.toArray(), value.toArray()));
        Word root = trie.rootHash();
        assertThat(root).isEqualTo(fresh.rootHash());
        for (int i = 0; i < CHECK_EVERY; i++) {
            Bytes key = key(random);
            Optional<Bytes> expected = Optional.ofNullable(model.get(key));
            assertThat(TrieProof.verify(root, key.toArray(), trie.prove(key.toArray())))
                    .isEqualTo(expected);
            assertThat(trie.keyAfter(key.toArray())).isEqualTo(neighbour(ordered.higherKey(key.toArray())));
            assertThat(trie.keyBefore(key.toArray())).isEqualTo(neighbour(ordered.lowerKey(key.toArray())));
        }
    }

    private static Optional<Bytes> neighbour(byte[] key) {
        return Optional.ofNullable(key).map(Bytes::copyOf);
    }

    @Test
    void proofWithAnyBitChangedOrNodeMissingIsRefused() {
        Random random = new Random(SEED);
        MerkleTrie trie = new MerkleTrie();
        for (int i = 0; i < 300; i++) {
            trie.put(key(random).toArray(), new byte[] {1, 2, 3, (byte) i, 9});
        }
        byte[] key = {1, 2, 3};
        trie.put(key, new byte[40]);
        List<Bytes> proof = trie.prove(key);
        assertThat(proof).hasSizeGreaterThan(1);
        for (int node = 0; node < proof.size(); node++) {
            byte[] changed = proof.get(node).toArray();
            changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
            List<Bytes> forged = new ArrayList<>(proof);
            forged.set(node, Bytes.wrap(changed));
            List<Bytes> cut = new ArrayList<>(proof);
            cut.remove(node);
            assertThatThrownBy(() -> TrieProof.verify(trie.rootHash(), key, forged))
                    .isInstanceOf(InvalidProofException.class);
            assertThatThrownBy(() -> TrieProof.verify(trie.rootHash(), key, cut))
                    .isInstanceOf(InvalidProofException.class);
        }
    }

    /** Short keys over few bytes, so that prefixes, branches with values and extensions all come. */
    private static Bytes key(Random random) {
        byte[] key = new byte[1 + random.nextInt(3)];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) (random.nextInt(4) * (random.nextBoolean() ? 1 : 16));
        }
        return Bytes.wrap(key);
    }
}
