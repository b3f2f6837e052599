// SPDX-License-Identifier: Apache-2.0
/** Writes that hit the object that was meant, or nothing. */
@NullMarked
package net.statemesh.zone.exact;

import org.jspecify.annotations.NullMarked;
