// SPDX-License-Identifier: Apache-2.0
/** Time Tower proofs by hand: {@code statemesh vdf bench|prove|verify}. */
@NullMarked
package net.statemesh.cli.vdf;

import org.jspecify.annotations.NullMarked;
