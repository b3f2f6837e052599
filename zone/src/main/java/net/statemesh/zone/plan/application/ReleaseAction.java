// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.plan.application;

import net.statemesh.api.application.Release;
import net.statemesh.api.application.ReleaseFailure;
import net.statemesh.api.application.ReleaseStatus;

/** One thing to do about the releases of an application. */
public sealed interface ReleaseAction {
    /** Keep a spec that was accepted. */
    record Keep(Release release) implements ReleaseAction {}

    /** Write down how a release fares. */
    record Report(Release release, ReleaseStatus status) implements ReleaseAction {}

    /** Give the application the spec of {@code to} again, because {@code from} failed. */
    record RollBack(Release from, Release to, ReleaseFailure failure) implements ReleaseAction {}

    /** Delete a release that is too old. */
    record Forget(Release release) implements ReleaseAction {}
}
