// SPDX-License-Identifier: Apache-2.0
/** What a zone's API server must hold before the first application: definitions, rights, settings. */
@NullMarked
package net.statemesh.zone.install;

import org.jspecify.annotations.NullMarked;
