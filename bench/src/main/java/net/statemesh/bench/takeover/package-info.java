// SPDX-License-Identifier: Apache-2.0
/** How long a zone is without a master when its leader dies. */
@NullMarked
package net.statemesh.bench.takeover;

import org.jspecify.annotations.NullMarked;
