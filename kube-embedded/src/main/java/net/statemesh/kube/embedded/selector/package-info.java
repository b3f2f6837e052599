// SPDX-License-Identifier: Apache-2.0
/** Label and field selectors. */
@NullMarked
package net.statemesh.kube.embedded.selector;

import org.jspecify.annotations.NullMarked;
