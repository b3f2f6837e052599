// SPDX-License-Identifier: Apache-2.0
/** Certificates per host, made on demand by the zone's public CA and chosen by server name indication (RFC 6066, 3). */
@NullMarked
package net.statemesh.ingress.tls;

import org.jspecify.annotations.NullMarked;
