// SPDX-License-Identifier: Apache-2.0
/** The scheduler: its core alone, against the embedded API server, and beside kube-scheduler. */
@NullMarked
package net.statemesh.bench.scheduler;

import org.jspecify.annotations.NullMarked;
