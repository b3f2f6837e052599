// SPDX-License-Identifier: Apache-2.0
/** What a process of the zone does: reads its configuration and starts its room. */
@NullMarked
package net.statemesh.launcher.role;

import org.jspecify.annotations.NullMarked;
