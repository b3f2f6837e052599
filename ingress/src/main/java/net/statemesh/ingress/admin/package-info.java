// SPDX-License-Identifier: Apache-2.0
/** Health and metrics of a router, on a loopback address. */
@NullMarked
package net.statemesh.ingress.admin;

import org.jspecify.annotations.NullMarked;
