// SPDX-License-Identifier: Apache-2.0
/** How results, progress and errors look: tables, ages, JSON, error pages. */
@NullMarked
package net.statemesh.cli.output;

import org.jspecify.annotations.NullMarked;
