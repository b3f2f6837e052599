// SPDX-License-Identifier: Apache-2.0
/** Objects that go by themselves: Events. */
@NullMarked
package net.statemesh.kube.embedded.expiry;

import org.jspecify.annotations.NullMarked;
