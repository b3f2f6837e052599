// SPDX-License-Identifier: Apache-2.0
/** One machine's Kubernetes API server. */
@NullMarked
package net.statemesh.kube.embedded;

import org.jspecify.annotations.NullMarked;
