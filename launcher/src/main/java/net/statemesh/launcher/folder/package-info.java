// SPDX-License-Identifier: Apache-2.0
/** The folder of one zone on this machine: where each file lives and what zone.json says. */
@NullMarked
package net.statemesh.launcher.folder;

import org.jspecify.annotations.NullMarked;
