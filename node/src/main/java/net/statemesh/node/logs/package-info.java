// SPDX-License-Identifier: Apache-2.0
/** Container logs in the CRI format: reading, following, rotating. */
@NullMarked
package net.statemesh.node.logs;

import org.jspecify.annotations.NullMarked;
