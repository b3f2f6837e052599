// SPDX-License-Identifier: Apache-2.0
/** Keeps the processes of a zone running: starts, watches, restarts with back-off, and writes down why. */
@NullMarked
package net.statemesh.launcher.supervisor;

import org.jspecify.annotations.NullMarked;
