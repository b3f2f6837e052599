// SPDX-License-Identifier: Apache-2.0
/** The embedded API server under watches and writes, from the client's side of its public port. */
@NullMarked
package net.statemesh.bench.apiserver;

import org.jspecify.annotations.NullMarked;
