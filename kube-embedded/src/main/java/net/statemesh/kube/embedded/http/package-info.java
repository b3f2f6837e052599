// SPDX-License-Identifier: Apache-2.0
/** HTTPS over Netty: HTTP/1.1 and HTTP/2, bounded in every direction. */
@NullMarked
package net.statemesh.kube.embedded.http;

import org.jspecify.annotations.NullMarked;
