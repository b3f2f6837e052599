// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.ref.SoftReference;
import net.statemesh.kube.embedded.object.Json;

/** One version of one object: its JSON, shared by every reader. The tree is parsed on demand and may be dropped under memory pressure. */
public final class StoredObject {
    private final ObjectKey key;
    private final long revision;
    private final byte[] json;
    private SoftReference<ObjectNode> tree;

    StoredObject(ObjectKey key, long revision, byte[] json, ObjectNode tree) {
        this.key = key;
        this.revision = revision;
        this.json = json;
        this.tree = new SoftReference<>(tree);
    }

    StoredObject(ObjectKey key, long revision, byte[] json) {
        this.key = key;
        this.revision = revision;
        this.json = json;
        this.tree = new SoftReference<>(null);
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
        ObjectNode have = tree.get();
        if (have == null) {
            have = (ObjectNode) Json.parseTrusted(json);
            tree = new SoftReference<>(have);
        }
        return have;
    }

    /** A private tree to change. */
    public ObjectNode copy() {
        return tree().deepCopy();
    }
}
