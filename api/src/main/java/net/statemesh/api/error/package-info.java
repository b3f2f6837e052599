// SPDX-License-Identifier: Apache-2.0
/** Errors with a stable code: what failed, the evidence, and what to do next. */
@NullMarked
package net.statemesh.api.error;

import org.jspecify.annotations.NullMarked;
