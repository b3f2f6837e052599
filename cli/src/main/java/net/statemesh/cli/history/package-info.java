// SPDX-License-Identifier: Apache-2.0
/** What happened in the last 30 days, for the verbs that show it. */
@NullMarked
package net.statemesh.cli.history;

import org.jspecify.annotations.NullMarked;
