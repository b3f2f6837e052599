// SPDX-License-Identifier: Apache-2.0
/** Server-side apply: who owns which field, conflicts, merging. */
@NullMarked
package net.statemesh.kube.embedded.apply;

import org.jspecify.annotations.NullMarked;
