// SPDX-License-Identifier: Apache-2.0
/** Objects as tables, the way kubectl get prints them. */
@NullMarked
package net.statemesh.kube.embedded.table;

import org.jspecify.annotations.NullMarked;
