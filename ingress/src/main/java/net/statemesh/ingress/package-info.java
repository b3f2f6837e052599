// SPDX-License-Identifier: Apache-2.0
/** The HTTPS router. */
@NullMarked
package net.statemesh.ingress;

import org.jspecify.annotations.NullMarked;
