// SPDX-License-Identifier: Apache-2.0
/** A queue of keys that need a look: each at most once, failures later and later. */
@NullMarked
package net.statemesh.zone.queue;

import org.jspecify.annotations.NullMarked;
