// SPDX-License-Identifier: Apache-2.0
package net.statemesh.evm.trie;

import net.statemesh.evm.crypto.Keccak256;
import net.statemesh.evm.rlp.RlpWriter;
import net.statemesh.evm.type.Word;
import org.jspecify.annotations.Nullable;

/** A node that does not change, so that tries share what they have in common; its encoding is kept once it was asked for. */
abstract sealed class Node {
    static final int BRANCHES = 16;
    /** How RLP begins a text of 32 bytes. */
    private static final int HASH_HEAD = 0xa0;

    private static final byte[] NO_VALUE = {};

    private byte @Nullable [] encoding;
    private byte @Nullable [] reference;

    /** The node's RLP. */
    final byte[] encoding() {
        byte[] known = encoding;
        if (known == null) {
            known = encode();
            encoding = known;
        }
        return known;
    }

    /** What a parent holds: the encoding itself when it is shorter than a hash, else its hash as RLP. */
    final byte[] reference() {
        byte[] known = reference;
        if (known == null) {
            byte[] bytes = encoding();
            known = isEmbedded() ? bytes : hashReference(bytes);
            reference = known;
        }
        return known;
    }

    final boolean isEmbedded() {
        return encoding().length < Word.BYTES;
    }

    private static byte[] hashReference(byte[] encoding) {
        byte[] reference = new byte[1 + Word.BYTES];
        reference[0] = (byte) HASH_HEAD;
        Keccak256.hash(encoding).write(reference, 1);
        return reference;
    }

    abstract byte[] encode();

    static final class Leaf extends Node {
        final byte[] path;
        final byte[] value;

        Leaf(byte[] path, byte[] value) {
            this.path = path;
            this.value = value;
        }

        @Override
        byte[] encode() {
            return new RlpWriter().text(Nibbles.encode(path, true)).text(value).toList();
        }
    }

    static final class Extension extends Node {
        final byte[] path;
        final Node child;

        Extension(byte[] path, Node child) {
            this.path = path;
            this.child = child;
        }

        @Override
        byte[] encode() {
            return new RlpWriter()
                    .text(Nibbles.encode(path, false))
                    .encoded(child.reference())
                    .toList();
        }
    }

    static final class Branch extends Node {
        final @Nullable Node[] children;
        final byte @Nullable [] value;

        Branch(@Nullable Node[] children, byte @Nullable [] value) {
            this.children = children;
            this.value = value;
        }

        Branch with(int index, @Nullable Node child) {
            @Nullable Node[] copy = children.clone();
            copy[index] = child;
            return new Branch(copy, value);
        }

        @Override
        byte[] encode() {
            RlpWriter out = new RlpWriter(BRANCHES * (1 + Word.BYTES) + 1);
            for (Node child : children) {
                if (child == null) {
                    out.text(NO_VALUE);
                } else {
                    out.encoded(child.reference());
                }
            }
            byte[] own = value;
            return out.text(own == null ? NO_VALUE : own).toList();
        }
    }
}
