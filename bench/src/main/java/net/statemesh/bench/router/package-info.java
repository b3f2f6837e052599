// SPDX-License-Identifier: Apache-2.0
/** The ingress router beside HAProxy: the same load, back end, certificate and features, in turns on the same machine. */
@NullMarked
package net.statemesh.bench.router;

import org.jspecify.annotations.NullMarked;
