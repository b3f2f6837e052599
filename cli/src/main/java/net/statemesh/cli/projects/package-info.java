// SPDX-License-Identifier: Apache-2.0
/** Verbs for projects. */
@NullMarked
package net.statemesh.cli.projects;

import org.jspecify.annotations.NullMarked;
