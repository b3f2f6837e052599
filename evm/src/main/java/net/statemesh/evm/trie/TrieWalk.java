// SPDX-License-Identifier: Apache-2.0
package net.statemesh.evm.trie;

import java.util.Arrays;
import net.statemesh.evm.trie.Node.Branch;
import net.statemesh.evm.trie.Node.Extension;
import net.statemesh.evm.trie.Node.Leaf;
import org.jspecify.annotations.Nullable;

/** Finds the neighbours of a path in the order of paths, where a prefix comes before what it begins. */
final class TrieWalk {
    private static final byte[] HERE = {};

    private TrieWalk() {}

    /** The smallest path below the node that is above {@code path}, or null. */
    static byte @Nullable [] after(@Nullable Node node, byte[] path) {
        return switch (node) {
            case null -> null;
            case Leaf leaf -> Arrays.compare(leaf.path, path) > 0 ? leaf.path : null;
            case Extension extension -> {
                if (startsWith(path, extension.path)) {
                    byte[] rest = Nibbles.from(path, extension.path.length);
                    yield joined(extension.path, after(extension.child, rest));
                }
                yield Arrays.compare(extension.path, path) > 0 ? joined(extension.path, first(extension.child)) : null;
            }
            case Branch branch -> {
                byte[] found = path.length == 0
                        ? null
                        : below(path[0], after(branch.children[path[0]], Nibbles.from(path, 1)));
                int next = path.length == 0 ? 0 : path[0] + 1;
                for (; found == null && next < Node.BRANCHES; next++) {
                    found = below(next, first(branch.children[next]));
                }
                yield found;
            }
        };
    }

    /** The largest path below the node that is below {@code path}, or null. */
    static byte @Nullable [] before(@Nullable Node node, byte[] path) {
        return switch (node) {
            case null -> null;
            case Leaf leaf -> Arrays.compare(leaf.path, path) < 0 ? leaf.path : null;
            case Extension extension -> {
                if (startsWith(path, extension.path)) {
                    byte[] rest = Nibbles.from(path, extension.path.length);
                    yield joined(extension.path, before(extension.child, rest));
                }
                yield Arrays.compare(extension.path, path) < 0 ? joined(extension.path, last(extension.child)) : null;
            }
            case Branch branch -> {
                if (path.length == 0) {
                    yield null;
                }
                byte[] found = below(path[0], before(branch.children[path[0]], Nibbles.from(path, 1)));
                for (int next = path[0] - 1; found == null && next >= 0; next--) {
                    found = below(next, last(branch.children[next]));
                }
                yield found == null && branch.value != null ? HERE : found;
            }
        };
    }

    private static byte @Nullable [] first(@Nullable Node node) {
        return switch (node) {
            case null -> null;
            case Leaf leaf -> leaf.path;
            case Extension extension -> joined(extension.path, first(extension.child));
            case Branch branch -> branch.value != null ? HERE : after(branch, HERE);
        };
    }

    private static byte @Nullable [] last(@Nullable Node node) {
        return switch (node) {
            case null -> null;
            case Leaf leaf -> leaf.path;
            case Extension extension -> joined(extension.path, last(extension.child));
            case Branch branch -> {
                byte[] found = null;
                for (int next = Node.BRANCHES - 1; found == null && next >= 0; next--) {
                    found = below(next, last(branch.children[next]));
                }
                yield found == null && branch.value != null ? HERE : found;
            }
        };
    }

    private static boolean startsWith(byte[] path, byte[] prefix) {
        return Nibbles.commonPrefix(path, prefix) == prefix.length;
    }

    private static byte @Nullable [] joined(byte[] head, byte @Nullable [] tail) {
        return tail == null ? null : Nibbles.join(head, tail);
    }

    private static byte @Nullable [] below(int child, byte @Nullable [] tail) {
        return tail == null ? null : Nibbles.join(HERE, child, tail);
    }
}
