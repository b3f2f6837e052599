// SPDX-License-Identifier: Apache-2.0
/** What the master knows of the zone: objects that it watches, and its own writes that the watch has not shown yet. */
@NullMarked
package net.statemesh.zone.cache;

import org.jspecify.annotations.NullMarked;
