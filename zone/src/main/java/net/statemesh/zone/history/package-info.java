// SPDX-License-Identifier: Apache-2.0
/** Shell: keeps what Events tell for longer than Events live. */
@NullMarked
package net.statemesh.zone.history;

import org.jspecify.annotations.NullMarked;
