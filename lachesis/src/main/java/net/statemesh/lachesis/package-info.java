// SPDX-License-Identifier: Apache-2.0
/**
 * Lachesis, the asynchronous Byzantine fault tolerant consensus of the chain: events of a DAG in, ordered blocks out.
 *
 * <p>Start at {@link net.statemesh.lachesis.Lachesis}. The algorithm is explained in {@code docs/lachesis.md}; source: Nguyen, Cronje
 * et al., "Lachesis: Scalable Asynchronous BFT on DAG Streams" (2021), with the rules of Fantom's Opera network.
 */
@NullMarked
package net.statemesh.lachesis;

import org.jspecify.annotations.NullMarked;
