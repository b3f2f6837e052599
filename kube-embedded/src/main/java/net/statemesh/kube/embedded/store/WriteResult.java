// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.store;

import org.jspecify.annotations.Nullable;

/** How a write ended. */
public sealed interface WriteResult {
    /** Durable and visible. */
    record Done(StoredObject object) implements WriteResult {}

    /** The object was not at the expected revision; nothing was written. */
    record Stale(@Nullable StoredObject current) implements WriteResult {}

    /** There is no room for more; nothing was written. */
    record Full(String why) implements WriteResult {}

    /** The disk refused; nothing was written. */
    record Refused(String why) implements WriteResult {}
}
