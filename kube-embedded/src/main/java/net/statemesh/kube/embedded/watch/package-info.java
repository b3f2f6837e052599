// SPDX-License-Identifier: Apache-2.0
/** Watch history and watchers: bounded, shared bytes. */
@NullMarked
package net.statemesh.kube.embedded.watch;

import org.jspecify.annotations.NullMarked;
