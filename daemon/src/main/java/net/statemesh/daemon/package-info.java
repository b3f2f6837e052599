// SPDX-License-Identifier: Apache-2.0
/** Long-lived loops that survive whatever one of their turns throws. */
@NullMarked
package net.statemesh.daemon;

import org.jspecify.annotations.NullMarked;
