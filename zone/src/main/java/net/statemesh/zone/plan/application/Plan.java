// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.plan.application;

import java.time.Duration;
import java.util.List;
import net.statemesh.api.application.ApplicationStatus;
import org.jspecify.annotations.Nullable;

/**
 * What follows from one look at an application.
 *
 * @param releases to be done first, in this order
 * @param rollsBack whether the releases replace the spec, so that status and replicas wait for the next look
 * @param recheckAfter when to look again although nothing changed; absent: only on a change
 */
public record Plan(
        List<Action> actions,
        List<ReleaseAction> releases,
        boolean rollsBack,
        ApplicationStatus status,
        @Nullable Duration recheckAfter) {}
