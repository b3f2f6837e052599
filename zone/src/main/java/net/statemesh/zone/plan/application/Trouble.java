// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.plan.application;

import java.util.List;

/**
 * Why a replica is not ready.
 *
 * @param reason one of {@link net.statemesh.api.Reason}
 * @param message one sentence with the evidence; the same while the trouble is the same
 * @param lasting whether time alone will not repair it
 * @param logLines what its container printed last, oldest first
 */
record Trouble(String reason, String message, boolean lasting, List<String> logLines) {
    Trouble(String reason, String message, boolean lasting) {
        this(reason, message, lasting, List.of());
    }

    Trouble withMessage(String other) {
        return new Trouble(reason, other, lasting, logLines);
    }
}
