// SPDX-License-Identifier: Apache-2.0
/** Shell: gives every project its namespace, walls, quota and rights, and empties it before it goes. */
@NullMarked
package net.statemesh.zone.project;

import org.jspecify.annotations.NullMarked;
