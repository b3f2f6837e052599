// SPDX-License-Identifier: Apache-2.0
/** What runs in a zone right now, and what it costs this machine. */
@NullMarked
package net.statemesh.launcher.status;

import org.jspecify.annotations.NullMarked;
