// SPDX-License-Identifier: Apache-2.0
/**
 * A network of validators in virtual time: everything that happens follows from one seed.
 *
 * <p>{@link net.statemesh.lachesis.simulator.World} runs a {@link net.statemesh.lachesis.simulator.Scenario} and answers with a
 * {@link net.statemesh.lachesis.simulator.Verdict}. {@link net.statemesh.lachesis.simulator.Agenda} and
 * {@link net.statemesh.lachesis.simulator.Network} know nothing of consensus and serve other protocols as well.
 */
@NullMarked
package net.statemesh.lachesis.simulator;

import org.jspecify.annotations.NullMarked;
