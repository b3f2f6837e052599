// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.plan.application;

import io.fabric8.kubernetes.api.model.Pod;

/** One thing to do for an application. */
public sealed interface Action {
    /** One of {@link net.statemesh.api.Reason}: recorded as an event. */
    String reason();

    /** Make this pod. */
    record Create(Pod pod, String reason) implements Action {}

    /** Send this pod no new requests; it is ended later. With the uid that it must still have. */
    record Drain(String name, String uid, String reason, String message) implements Action {}

    /**
     * End the pod with this name, if it is still the one with this uid.
     *
     * @param nobodyLeftToEndIt whether its node is gone or dead, so that the object is removed without waiting for an agent;
     *     one that comes back ends what the API does not know
     * @param message for people
     */
    record End(String name, String uid, boolean nobodyLeftToEndIt, String reason, String message) implements Action {}
}
