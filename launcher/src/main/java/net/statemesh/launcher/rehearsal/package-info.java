// SPDX-License-Identifier: Apache-2.0
/** What packaging runs once, so that every later start of a process finds its classes loaded and linked (JEP 514). */
@NullMarked
package net.statemesh.launcher.rehearsal;

import org.jspecify.annotations.NullMarked;
