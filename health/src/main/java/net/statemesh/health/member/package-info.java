// SPDX-License-Identifier: Apache-2.0
/** The part of the protocol that runs on every node. Pure: time and messages are handed in. */
@NullMarked
package net.statemesh.health.member;

import org.jspecify.annotations.NullMarked;
