// SPDX-License-Identifier: Apache-2.0
/** The master: controllers and scheduler. */
@NullMarked
package net.statemesh.zone;

import org.jspecify.annotations.NullMarked;
