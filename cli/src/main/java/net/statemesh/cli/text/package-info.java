// SPDX-License-Identifier: Apache-2.0
/** Words that people mistype. */
@NullMarked
package net.statemesh.cli.text;

import org.jspecify.annotations.NullMarked;
