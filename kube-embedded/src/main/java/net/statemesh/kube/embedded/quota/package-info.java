// SPDX-License-Identifier: Apache-2.0
/** Resource quotas. */
@NullMarked
package net.statemesh.kube.embedded.quota;

import org.jspecify.annotations.NullMarked;
