// SPDX-License-Identifier: Apache-2.0
/** Objects that stock clients send as protobuf. */
@NullMarked
package net.statemesh.kube.embedded.protobuf;

import org.jspecify.annotations.NullMarked;
