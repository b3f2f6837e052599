// SPDX-License-Identifier: Apache-2.0
package net.statemesh.evm.trie;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.statemesh.evm.crypto.Keccak256;
import net.statemesh.evm.rlp.RlpWriter;
import net.statemesh.evm.trie.Node.Branch;
import net.statemesh.evm.trie.Node.Extension;
import net.statemesh.evm.trie.Node.Leaf;
import net.statemesh.evm.type.Bytes;
import net.statemesh.evm.type.Word;
import org.jspecify.annotations.Nullable;

/**
 * A Merkle Patricia trie in memory: keys and values are byte strings, the empty value means none. Its nodes are never changed, so
 * {@link #copy} costs nothing. Source: Ethereum yellow paper, appendix D.
 */
public final class MerkleTrie {
    /** Root of the trie without entries. */
    public static final Word EMPTY_ROOT =
            Keccak256.hash(new RlpWriter().text(new byte[0]).toBytes());

    private @Nullable Node root;

    public MerkleTrie() {}

    private MerkleTrie(@Nullable Node root) {
        this.root = root;
    }

    /** A trie of the same entries, which changes on its own. */
    public MerkleTrie copy() {
        return new MerkleTrie(root);
    }

    /** Sets an entry; an empty value removes it. */
    public void put(byte[] key, byte[] value) {
        byte[] path = Nibbles.of(key);
        root = value.length == 0 ? removed(root, path) : inserted(root, path, value.clone());
    }

    public void remove(byte[] key) {
        root = removed(root, Nibbles.of(key));
    }

    /** The value of a key, or null. */
    public @Nullable Bytes get(byte[] key) {
        byte[] path = Nibbles.of(key);
        int at = 0;
        Node node = root;
        while (node != null) {
            switch (node) {
                case Leaf leaf -> {
                    return Arrays.equals(leaf.path, Nibbles.from(path, at)) ? Bytes.copyOf(leaf.value) : null;
                }
                case Extension extension -> {
                    boolean goesOn = startsWith(path, at, extension.path);
                    at += extension.path.length;
                    node = goesOn ? extension.child : null;
                }
                case Branch branch -> {
                    if (at == path.length) {
                        byte[] value = branch.value;
                        return value == null ? null : Bytes.copyOf(value);
                    }
                    node = branch.children[path[at++]];
                }
            }
        }
        return null;
    }

    /** The smallest key above this one, whether this one has a value or not. */
    public Optional<Bytes> keyAfter(byte[] key) {
        return key(TrieWalk.after(root, Nibbles.of(key)));
    }

    /** The largest key below this one, whether this one has a value or not. */
    public Optional<Bytes> keyBefore(byte[] key) {
        return key(TrieWalk.before(root, Nibbles.of(key)));
    }

    private static Optional<Bytes> key(byte @Nullable [] path) {
        return path == null ? Optional.empty() : Optional.of(Bytes.wrap(Nibbles.toKey(path)));
    }

    public Word rootHash() {
        Node node = root;
        return node == null ? EMPTY_ROOT : Keccak256.hash(node.encoding());
    }

    /** The nodes from the root towards a key, as of eth_getProof (EIP-1186): they prove its value, or that it has none. */
    public List<Bytes> prove(byte[] key) {
        List<Bytes> proof = new ArrayList<>();
        byte[] path = Nibbles.of(key);
        int at = 0;
        Node node = root;
        while (node != null) {
            if (proof.isEmpty() || !node.isEmbedded()) {
                proof.add(Bytes.copyOf(node.encoding()));
            }
            switch (node) {
                case Leaf leaf -> node = null;
                case Extension extension -> {
                    boolean goesOn = startsWith(path, at, extension.path);
                    at += extension.path.length;
                    node = goesOn ? extension.child : null;
                }
                case Branch branch -> node = at == path.length ? null : branch.children[path[at++]];
            }
        }
        return proof;
    }

    private static boolean startsWith(byte[] path, int at, byte[] prefix) {
        return path.length - at >= prefix.length
                && Arrays.equals(path, at, at + prefix.length, prefix, 0, prefix.length);
    }

    private static Node inserted(@Nullable Node node, byte[] path, byte[] value) {
        return switch (node) {
            case null -> new Leaf(path, value);
            case Leaf leaf -> {
                int common = Nibbles.commonPrefix(leaf.path, path);
                if (common == leaf.path.length && common == path.length) {
                    yield new Leaf(path, value);
                }
                Branch fork = forked(forked(noChildren(), leaf.path, common, leaf.value), path, common, value);
                yield extended(Arrays.copyOf(path, common), fork);
            }
            case Extension extension -> {
                int common = Nibbles.commonPrefix(extension.path, path);
                if (common == extension.path.length) {
                    Node child = inserted(extension.child, Nibbles.from(path, common), value);
                    yield new Extension(extension.path, child);
                }
                byte[] rest = Nibbles.from(extension.path, common + 1);
                Branch fork = noChildren().with(extension.path[common], extended(rest, extension.child));
                yield extended(Arrays.copyOf(path, common), forked(fork, path, common, value));
            }
            case Branch branch -> {
                if (path.length == 0) {
                    yield new Branch(branch.children, value);
                }
                Node child = inserted(branch.children[path[0]], Nibbles.from(path, 1), value);
                yield branch.with(path[0], child);
            }
        };
    }

    private static Branch noChildren() {
        return new Branch(new Node[Node.BRANCHES], null);
    }

    /** The branch with an entry more, whose path leaves it at {@code common}. */
    private static Branch forked(Branch branch, byte[] path, int common, byte[] value) {
        return path.length == common
                ? new Branch(branch.children, value)
                : branch.with(path[common], new Leaf(Nibbles.from(path, common + 1), value));
    }

    private static Node extended(byte[] path, Node child) {
        return path.length == 0 ? child : new Extension(path, child);
    }

    private static @Nullable Node removed(@Nullable Node node, byte[] path) {
        return switch (node) {
            case null -> null;
            case Leaf leaf -> Arrays.equals(leaf.path, path) ? null : leaf;
            case Extension extension -> {
                if (!startsWith(path, 0, extension.path)) {
                    yield extension;
                }
                Node child = removed(extension.child, Nibbles.from(path, extension.path.length));
                yield child == extension.child ? extension : child == null ? null : prefixed(extension.path, child);
            }
            case Branch branch -> {
                if (path.length == 0) {
                    yield branch.value == null ? branch : collapsed(new Branch(branch.children, null));
                }
                Node before = branch.children[path[0]];
                Node after = removed(before, Nibbles.from(path, 1));
                yield after == before ? branch : collapsed(branch.with(path[0], after));
            }
        };
    }

    /** The node with a longer path before it. */
    private static Node prefixed(byte[] path, Node node) {
        return switch (node) {
            case Leaf leaf -> new Leaf(Nibbles.join(path, leaf.path), leaf.value);
            case Extension extension -> new Extension(Nibbles.join(path, extension.path), extension.child);
            case Branch branch -> extended(path, branch);
        };
    }

    /** A branch with one way left is no branch. */
    private static @Nullable Node collapsed(Branch branch) {
        int only = -1;
        int count = 0;
        for (int i = 0; i < Node.BRANCHES; i++) {
            if (branch.children[i] != null) {
                only = i;
                count++;
            }
        }
        byte[] value = branch.value;
        if (count == 0) {
            return value == null ? null : new Leaf(new byte[0], value);
        }
        Node child = branch.children[only];
        return count > 1 || value != null || child == null ? branch : prefixed(new byte[] {(byte) only}, child);
    }
}
