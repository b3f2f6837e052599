// SPDX-License-Identifier: Apache-2.0
/** Events of the Kubernetes API: the record of what was done, why and by whom. */
@NullMarked
package net.statemesh.zone.event;

import org.jspecify.annotations.NullMarked;
