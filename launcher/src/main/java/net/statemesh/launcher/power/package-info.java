// SPDX-License-Identifier: Apache-2.0
/** Power and links of virtual nodes: for trying out what a zone does when a node goes away. */
@NullMarked
package net.statemesh.launcher.power;

import org.jspecify.annotations.NullMarked;
