// SPDX-License-Identifier: Apache-2.0
/** Interactive sessions: raw upgraded connections between the API server and the runtime. */
@NullMarked
package net.statemesh.node.streaming;

import org.jspecify.annotations.NullMarked;
