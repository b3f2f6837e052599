// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import net.statemesh.kube.embedded.object.Json;
import org.jspecify.annotations.Nullable;

/** One version of one object: its JSON, shared by every reader. The tree is parsed on demand and kept while {@link ParsedTrees} does. */
public final class StoredObject {
    private final ObjectKey key;
    private final long revision;
    private final byte[] json;
    private final ParsedTrees trees;
    private volatile @Nullable ObjectNode tree;
    private volatile boolean used;

    StoredObject(ObjectKey key, long revision, byte[] json, ParsedTrees trees) {
        this.key = key;
        this.revision = revision;
        this.json = json;
        this.trees = trees;
    }

    /** @param tree what {@code json} says */
    StoredObject(ObjectKey key, long revision, byte[] json, ParsedTrees trees, ObjectNode tree) {
        this(key, revision, json, trees);
        this.tree = tree;
        trees.keep(this);
    }

    public ObjectKey key() {
        return key;
    }

    public long revision() {
        return revision;
    }

    /** The object as sent to clients. Not to be changed. */
    public byte[] json() {
        return json;
    }

    /** The object as a tree shared between threads: read only. */
    public ObjectNode tree() {
        ObjectNode have = tree;
        if (have != null) {
            used = true;
            return have;
        }
        return parse();
    }

    /** A private tree to change. */
    public ObjectNode copy() {
        return tree().deepCopy();
    }

    /** Whether the tree was asked for since this was called last. */
    boolean wasUsed() {
        boolean was = used;
        used = false;
        return was;
    }

    void forgetTree() {
        tree = null;
    }

    private synchronized ObjectNode parse() {
        ObjectNode have = tree;
        if (have == null) {
            have = (ObjectNode) Json.parseTrusted(json);
            tree = have;
            trees.keep(this);
        }
        return have;
    }
}
