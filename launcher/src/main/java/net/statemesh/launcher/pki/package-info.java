// SPDX-License-Identifier: Apache-2.0
/** Who is who in a zone on one machine: its two authorities and one identity per process. */
@NullMarked
package net.statemesh.launcher.pki;

import org.jspecify.annotations.NullMarked;
