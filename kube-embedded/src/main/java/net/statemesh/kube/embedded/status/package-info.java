// SPDX-License-Identifier: Apache-2.0
/** Kubernetes Status objects and the exception that carries one. */
@NullMarked
package net.statemesh.kube.embedded.status;

import org.jspecify.annotations.NullMarked;
