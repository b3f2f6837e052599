// SPDX-License-Identifier: Apache-2.0
/** A zone on one machine: up, down, supervision. */
@NullMarked
package net.statemesh.launcher;

import org.jspecify.annotations.NullMarked;
