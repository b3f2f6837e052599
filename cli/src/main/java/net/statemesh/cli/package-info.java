// SPDX-License-Identifier: Apache-2.0
/** What people type. */
@NullMarked
package net.statemesh.cli;

import org.jspecify.annotations.NullMarked;
