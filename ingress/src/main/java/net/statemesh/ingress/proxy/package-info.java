// SPDX-License-Identifier: Apache-2.0
/**
 * Requests on their way: from a client's connection to a replica's and back, on one event loop. Bytes are looked at once and passed
 * on as they are; everything that waits is swept once a second.
 */
@NullMarked
package net.statemesh.ingress.proxy;

import org.jspecify.annotations.NullMarked;
