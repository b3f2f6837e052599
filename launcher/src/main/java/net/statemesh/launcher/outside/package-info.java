// SPDX-License-Identifier: Apache-2.0
/** What master, router and people outside a Kubernetes need to reach the zone that is installed on it. */
@NullMarked
package net.statemesh.launcher.outside;

import org.jspecify.annotations.NullMarked;
