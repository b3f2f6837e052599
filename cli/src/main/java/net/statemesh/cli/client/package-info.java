// SPDX-License-Identifier: Apache-2.0
/**
 * A thin client of the Kubernetes API over the JDK's HTTP client. A general client library costs most of a second at start-up, which
 * every command would pay.
 */
@NullMarked
package net.statemesh.cli.client;

import org.jspecify.annotations.NullMarked;
