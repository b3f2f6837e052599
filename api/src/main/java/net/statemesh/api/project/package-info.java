// SPDX-License-Identifier: Apache-2.0
/** The noun {@code Project}: a namespace with an owner, a quota and walls. */
@NullMarked
package net.statemesh.api.project;

import org.jspecify.annotations.NullMarked;
