// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.authz;

import net.statemesh.kube.embedded.authn.User;

/** Decides whether a caller may do something. */
@FunctionalInterface
public interface Authorizer {
    /**
     * The answer.
     *
     * @param reason why not, or by which rule; may be empty
     */
    record Decision(boolean allowed, String reason) {}

    Decision decide(User user, Attributes attributes);
}
