// SPDX-License-Identifier: Apache-2.0
package net.statemesh.evm.trie;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.statemesh.evm.crypto.Keccak256;
import net.statemesh.evm.rlp.RlpException;
import net.statemesh.evm.rlp.RlpItem;
import net.statemesh.evm.rlp.RlpReader;
import net.statemesh.evm.type.Bytes;
import net.statemesh.evm.type.Word;

/** Checks what {@link MerkleTrie#prove} gives, with the root alone. */
public final class TrieProof {
    private static final int PATH_NODE_ITEMS = 2;
    private static final int BRANCH_ITEMS = Node.BRANCHES + 1;

    private TrieProof() {}

    /**
     * The value that the proof gives to a key; empty when it proves that there is none.
     *
     * @throws InvalidProofException when it proves neither
     */
    public static Optional<Bytes> verify(Word root, byte[] key, List<Bytes> proof) throws InvalidProofException {
        if (proof.isEmpty()) {
            if (root.equals(MerkleTrie.EMPTY_ROOT)) {
                return Optional.empty();
            }
            throw new InvalidProofException("the proof has no nodes, yet the root is that of a trie with entries");
        }
        byte[] path = Nibbles.of(key);
        int used = 0;
        RlpItem next = new RlpItem.Text(Bytes.wrap(root.toBytes()));
        while (true) {
            if (next instanceof RlpItem.Text text) {
                if (text.value().isEmpty()) {
                    return complete(proof, used, Optional.empty());
                }
                next = node(text.value(), proof, used++);
            }
            List<RlpItem> items = items(next);
            if (items.size() == BRANCH_ITEMS) {
                if (path.length == 0) {
                    Bytes value = text(items.get(Node.BRANCHES));
                    return complete(proof, used, value.isEmpty() ? Optional.empty() : Optional.of(value));
                }
                next = items.get(path[0]);
                path = Nibbles.from(path, 1);
                continue;
            }
            byte[] encodedPath = text(items.get(0)).shared();
            if (encodedPath.length == 0) {
                throw new InvalidProofException("a node has an empty path");
            }
            byte[] nodePath = Nibbles.decode(encodedPath);
            if (Nibbles.isLeaf(encodedPath)) {
                boolean found = Arrays.equals(nodePath, path);
                return complete(proof, used, found ? Optional.of(text(items.get(1))) : Optional.empty());
            }
            if (Nibbles.commonPrefix(nodePath, path) < nodePath.length) {
                return complete(proof, used, Optional.empty());
            }
            path = Nibbles.from(path, nodePath.length);
            next = items.get(1);
        }
    }

    private static Optional<Bytes> complete(List<Bytes> proof, int used, Optional<Bytes> value)
            throws InvalidProofException {
        if (used != proof.size()) {
            throw new InvalidProofException(
                    "the proof has " + proof.size() + " nodes, of which only " + used + " are needed");
        }
        return value;
    }

    private static RlpItem node(Bytes hash, List<Bytes> proof, int index) throws InvalidProofException {
        if (index >= proof.size()) {
            throw new InvalidProofException("the proof ends before the key does");
        }
        byte[] encoding = proof.get(index).shared();
        if (!Arrays.equals(Keccak256.hash(encoding).toBytes(), hash.shared())) {
            throw new InvalidProofException("node " + index + " does not have the hash that its parent names");
        }
        try {
            return RlpReader.decode(encoding);
        } catch (RlpException e) {
            throw new InvalidProofException("node " + index + " is not RLP: " + e.getMessage());
        }
    }

    private static List<RlpItem> items(RlpItem node) throws InvalidProofException {
        if (node instanceof RlpItem.Sequence(List<RlpItem> items)
                && (items.size() == PATH_NODE_ITEMS || items.size() == BRANCH_ITEMS)) {
            return items;
        }
        throw new InvalidProofException("a node is neither a branch nor a path");
    }

    private static Bytes text(RlpItem item) throws InvalidProofException {
        if (item instanceof RlpItem.Text(Bytes value)) {
            return value;
        }
        throw new InvalidProofException("a list stands where a value or a path is expected");
    }
}
