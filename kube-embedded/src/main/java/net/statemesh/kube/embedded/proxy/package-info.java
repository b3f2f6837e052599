// SPDX-License-Identifier: Apache-2.0
/** The way to a pod's kubelet: logs, exec, attach, port-forward. */
@NullMarked
package net.statemesh.kube.embedded.proxy;

import org.jspecify.annotations.NullMarked;
