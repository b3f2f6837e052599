// SPDX-License-Identifier: Apache-2.0
/** Operating system processes: identity by pid and start time, commands run to their end, processes that outlive us. */
@NullMarked
package net.statemesh.launcher.process;

import org.jspecify.annotations.NullMarked;
