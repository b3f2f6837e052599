// SPDX-License-Identifier: Apache-2.0
/** Verbs for nodes. */
@NullMarked
package net.statemesh.cli.nodes;

import org.jspecify.annotations.NullMarked;
