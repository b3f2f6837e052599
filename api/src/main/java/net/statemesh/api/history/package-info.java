// SPDX-License-Identifier: Apache-2.0
/** What happened to an application, a node or a project, why and by whom. */
@NullMarked
package net.statemesh.api.history;

import org.jspecify.annotations.NullMarked;
