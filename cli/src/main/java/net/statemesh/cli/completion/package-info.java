// SPDX-License-Identifier: Apache-2.0
/** Shell completion, also of names. */
@NullMarked
package net.statemesh.cli.completion;

import org.jspecify.annotations.NullMarked;
