// SPDX-License-Identifier: Apache-2.0
/** What must be true before a zone is started: packages, ports, privileges. */
@NullMarked
package net.statemesh.launcher.preflight;

import org.jspecify.annotations.NullMarked;
