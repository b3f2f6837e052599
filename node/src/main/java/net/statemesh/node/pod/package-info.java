// SPDX-License-Identifier: Apache-2.0
/** One pod from binding to removal: a pure plan and the worker that carries it out. */
@NullMarked
package net.statemesh.node.pod;

import org.jspecify.annotations.NullMarked;
