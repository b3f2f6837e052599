// SPDX-License-Identifier: Apache-2.0
/** What members of a zone say to each other about being alive, and how it looks on the wire. */
@NullMarked
package net.statemesh.health.protocol;

import org.jspecify.annotations.NullMarked;
