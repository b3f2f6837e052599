// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.store;

import java.nio.charset.StandardCharsets;

/** What a watcher learns about an object. */
public enum EventType {
    ADDED,
    MODIFIED,
    DELETED;

    /** One line of a watch response. */
    public static byte[] frame(String type, byte[] object) {
        byte[] start = ("{\"type\":\"" + type + "\",\"object\":").getBytes(StandardCharsets.UTF_8);
        byte[] frame = new byte[start.length + object.length + 2];
        System.arraycopy(start, 0, frame, 0, start.length);
        System.arraycopy(object, 0, frame, start.length, object.length);
        frame[frame.length - 2] = '}';
        frame[frame.length - 1] = '\n';
        return frame;
    }
}
