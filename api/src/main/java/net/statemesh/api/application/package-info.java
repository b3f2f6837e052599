// SPDX-License-Identifier: Apache-2.0
/** The noun {@code Application}: what runs in a project, and how it is doing. */
@NullMarked
package net.statemesh.api.application;

import org.jspecify.annotations.NullMarked;
