// SPDX-License-Identifier: Apache-2.0
/** The durable object store: every object in memory, every acknowledged write in SQLite. */
@NullMarked
package net.statemesh.kube.embedded.store;

import org.jspecify.annotations.NullMarked;
