// SPDX-License-Identifier: Apache-2.0
/** Stops a zone, and removes every trace of it. */
@NullMarked
package net.statemesh.launcher.down;

import org.jspecify.annotations.NullMarked;
