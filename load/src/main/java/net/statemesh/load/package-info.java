// SPDX-License-Identifier: Apache-2.0
/** Requests at a steady rate, and what became of each: a fixture for tests and benchmarks. */
@NullMarked
package net.statemesh.load;

import org.jspecify.annotations.NullMarked;
