// SPDX-License-Identifier: Apache-2.0
/** Kubernetes objects as Jackson trees: reading and writing their metadata. */
@NullMarked
package net.statemesh.kube.embedded.object;

import org.jspecify.annotations.NullMarked;
