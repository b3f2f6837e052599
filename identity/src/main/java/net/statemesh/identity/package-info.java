// SPDX-License-Identifier: Apache-2.0
/** Certificate authorities and the identities they sign. */
@NullMarked
package net.statemesh.identity;

import org.jspecify.annotations.NullMarked;
