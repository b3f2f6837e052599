// SPDX-License-Identifier: Apache-2.0
/** Benchmarks, one line a figure. */
@NullMarked
package net.statemesh.bench;

import org.jspecify.annotations.NullMarked;
