// SPDX-License-Identifier: Apache-2.0
package net.statemesh.ingress;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.function.LongSupplier;

/**
 * What a router takes from the world.
 *
 * @param clock for certificates and logs
 * @param nanoTime for deadlines, which must not move when the clock is set
 * @param sweepsItself whether deadlines are looked at once a second; else somebody calls {@link Router#sweep}
 * @param watches whether routes come from the API that the kubeconfig names; else somebody writes to {@link Router#routes}
 */
record RouterEnvironment(
        Clock clock,
        LongSupplier nanoTime,
        SecureRandom random,
        boolean sweepsItself,
        boolean watches,
        Natives natives) {
    static RouterEnvironment real() {
        return new RouterEnvironment(
                Clock.systemUTC(), System::nanoTime, new SecureRandom(), true, true, Natives.found());
    }
}
