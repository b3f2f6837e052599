// SPDX-License-Identifier: Apache-2.0
/** Starts a zone: one step after the other, each of which only does what is not done yet. */
@NullMarked
package net.statemesh.launcher.up;

import org.jspecify.annotations.NullMarked;
