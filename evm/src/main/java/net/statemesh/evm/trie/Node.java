// SPDX-License-Identifier: Apache-2.0
package net.statemesh.evm.trie;

import net.statemesh.evm.crypto.Keccak256;
import net.statemesh.evm.rlp.RlpWriter;
import net.statemesh.evm.type.Word;
import org.jspecify.annotations.Nullable;

/** A node that does not change, so that tries share what they have in common; its encoding is kept once it was asked for. */
abstract sealed class Node {
    static final int BRANCHES = 16;

    private byte @Nullable [] encoding;
    private byte @Nullable [] reference;

    /** The node's RLP. */
    final byte[] encoding() {
        byte[] known = encoding;
        if (known == null) {
            known = content().toList();
            encoding = known;
        }
        return known;
    }

    /** What a parent holds: the encoding itself when it is shorter than a hash, else its hash as RLP. */
    final byte[] reference() {
        byte[] known = reference;
        if (known == null) {
            byte[] bytes = encoding();
            known = isEmbedded()
                    ? bytes
                    : new RlpWriter().text(Keccak256.hash(bytes).toBytes()).toBytes();
            reference = known;
        }
        return known;
    }

    final boolean isEmbedded() {
        return encoding().length < Word.BYTES;
    }

    abstract RlpWriter content();

    static final class Leaf extends Node {
        final byte[] path;
        final byte[] value;

        Leaf(byte[] path, byte[] value) {
            this.path = path;
            this.value = value;
        }

        @Override
        RlpWriter content() {
            return new RlpWriter().text(Nibbles.encode(path, true)).text(value);
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
        RlpWriter content() {
            return new RlpWriter().text(Nibbles.encode(path, false)).encoded(child.reference());
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
        RlpWriter content() {
            RlpWriter out = new RlpWriter();
            for (Node child : children) {
                if (child == null) {
                    out.text(new byte[0]);
                } else {
                    out.encoded(child.reference());
                }
            }
            byte[] own = value;
            return out.text(own == null ? new byte[0] : own);
        }
    }
}
