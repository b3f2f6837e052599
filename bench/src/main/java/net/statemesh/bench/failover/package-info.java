// SPDX-License-Identifier: Apache-2.0
/** What users notice when a node loses its power: requests that fail, and how long replicas are fewer than wanted. */
@NullMarked
package net.statemesh.bench.failover;

import org.jspecify.annotations.NullMarked;
