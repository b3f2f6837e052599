// SPDX-License-Identifier: Apache-2.0
/** Control groups of a zone: who belongs to it, and what each node may use. */
@NullMarked
package net.statemesh.launcher.cgroup;

import org.jspecify.annotations.NullMarked;
