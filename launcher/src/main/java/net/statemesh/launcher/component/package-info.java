// SPDX-License-Identifier: Apache-2.0
/** The processes of a zone: with which command, environment and configuration each one runs. */
@NullMarked
package net.statemesh.launcher.component;

import org.jspecify.annotations.NullMarked;
