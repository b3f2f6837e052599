// SPDX-License-Identifier: Apache-2.0
/** Forms in which objects are answered: whole, Table, metadata only. */
@NullMarked
package net.statemesh.kube.embedded.view;

import org.jspecify.annotations.NullMarked;
