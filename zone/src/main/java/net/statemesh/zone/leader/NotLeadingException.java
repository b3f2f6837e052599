// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.leader;

import io.fabric8.kubernetes.client.KubernetesClientException;

/** A write that was not sent, because another master may lead by now. */
public final class NotLeadingException extends KubernetesClientException {
    private static final long serialVersionUID = 1;

    NotLeadingException() {
        super("not sent: this master does not lead now");
    }
}
