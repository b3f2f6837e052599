// SPDX-License-Identifier: Apache-2.0
/** Verbs for applications: deploy, list, info, logs, scale, explain and so on. */
@NullMarked
package net.statemesh.cli.apps;

import org.jspecify.annotations.NullMarked;
