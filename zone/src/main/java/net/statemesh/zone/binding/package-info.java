// SPDX-License-Identifier: Apache-2.0
/** Shell: takes pods without a node, asks the scheduler, and binds them. */
@NullMarked
package net.statemesh.zone.binding;

import org.jspecify.annotations.NullMarked;
