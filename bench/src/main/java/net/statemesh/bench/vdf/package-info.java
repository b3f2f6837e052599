// SPDX-License-Identifier: Apache-2.0
/** Figures of Time Tower proofs. */
@NullMarked
package net.statemesh.bench.vdf;

import org.jspecify.annotations.NullMarked;
