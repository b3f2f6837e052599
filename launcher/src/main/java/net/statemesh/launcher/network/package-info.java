// SPDX-License-Identifier: Apache-2.0
/** The underlay that joins the virtual nodes: one bridge, one network namespace and one mount namespace per node. */
@NullMarked
package net.statemesh.launcher.network;

import org.jspecify.annotations.NullMarked;
