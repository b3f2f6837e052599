// SPDX-License-Identifier: Apache-2.0
/** Deletions that hit the object that was meant, or nothing. */
@NullMarked
package net.statemesh.zone.deletion;

import org.jspecify.annotations.NullMarked;
