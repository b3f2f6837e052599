// SPDX-License-Identifier: Apache-2.0
package net.statemesh.acceptance;

import org.junit.jupiter.api.Tag;

/** On a real Kubernetes. */
@Tag("kubernetes")
class KubernetesZoneTest extends ApplicationLife {
    @Override
    Zone start() {
        return KubernetesZone.start();
    }
}
