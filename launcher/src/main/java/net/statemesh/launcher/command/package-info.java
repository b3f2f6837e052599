// SPDX-License-Identifier: Apache-2.0
/** The commands of the launcher as people type them. */
@NullMarked
package net.statemesh.launcher.command;

import org.jspecify.annotations.NullMarked;
