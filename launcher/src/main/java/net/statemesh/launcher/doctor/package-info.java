// SPDX-License-Identifier: Apache-2.0
/** Looks for whatever keeps a zone from working, and says how to repair it. */
@NullMarked
package net.statemesh.launcher.doctor;

import org.jspecify.annotations.NullMarked;
