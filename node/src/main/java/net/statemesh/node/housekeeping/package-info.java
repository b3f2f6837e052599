// SPDX-License-Identifier: Apache-2.0
/** What keeps a node tidy: log rotation, unused images, folders of pods that are gone. */
@NullMarked
package net.statemesh.node.housekeeping;

import org.jspecify.annotations.NullMarked;
