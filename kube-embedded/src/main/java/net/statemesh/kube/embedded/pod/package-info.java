// SPDX-License-Identifier: Apache-2.0
/** What only pods have: binding, eviction, service account admission. */
@NullMarked
package net.statemesh.kube.embedded.pod;

import org.jspecify.annotations.NullMarked;
