// SPDX-License-Identifier: Apache-2.0
/** Time Tower proofs: Wesolowski over class groups. */
@NullMarked
package net.statemesh.vdf;

import org.jspecify.annotations.NullMarked;
