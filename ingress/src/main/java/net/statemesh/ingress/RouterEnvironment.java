// SPDX-License-Identifier: Apache-2.0
package net.statemesh.ingress;

import java.security.SecureRandom;
import java.time.Clock;

/**
 * What a router takes from the world.
 *
 * @param sweepsItself whether deadlines are looked at once a second; else somebody calls {@link Router#sweep}
 * @param watches whether routes come from the API that the kubeconfig names; else somebody writes to {@link Router#routes}
 */
record RouterEnvironment(Clock clock, SecureRandom random, boolean sweepsItself, boolean watches) {
    static RouterEnvironment real() {
        return new RouterEnvironment(Clock.systemUTC(), new SecureRandom(), true, true);
    }
}
