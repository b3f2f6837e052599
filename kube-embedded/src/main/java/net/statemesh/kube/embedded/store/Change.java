// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import net.statemesh.kube.embedded.object.Json;
import net.statemesh.kube.embedded.object.Meta;
import org.jspecify.annotations.Nullable;

/** One committed write, and the watch events it becomes: their bytes are made once and shared by all watchers. */
public final class Change {
    private final StoredObject object;
    private final @Nullable StoredObject previous;
    private final boolean removed;
    private final Map<EventType, byte[]> frames = Collections.synchronizedMap(new EnumMap<>(EventType.class));

    Change(StoredObject object, @Nullable StoredObject previous, boolean removed) {
        this.object = object;
        this.previous = previous;
        this.removed = removed;
    }

    /** The object after the write; for a removal its last state with the revision of the removal. */
    public StoredObject object() {
        return object;
    }

    /** The object before the write; null when it was created. */
    public @Nullable StoredObject previous() {
        return previous;
    }

    /** True when the object is gone. */
    public boolean removed() {
        return removed;
    }

    public long revision() {
        return object.revision();
    }

    /** The object a watcher is shown: one that left a selection is shown as it was, with the revision at which it left. */
    public ObjectNode shown(EventType type) {
        StoredObject before = previous;
        if (type != EventType.DELETED || removed || before == null) {
            return object.tree();
        }
        ObjectNode left = before.copy();
        Meta.of(left).put("resourceVersion", Long.toString(revision()));
        return left;
    }

    /** Frees the bytes that watchers shared; they are made again when somebody asks. */
    void forgetFrames() {
        frames.clear();
    }

    /** One line of a watch response. */
    public byte[] frame(EventType type) {
        return frames.computeIfAbsent(type, event -> {
            boolean left = event == EventType.DELETED && !removed;
            return EventType.frame(event.name(), left ? Json.bytes(shown(event)) : object.json());
        });
    }
}
