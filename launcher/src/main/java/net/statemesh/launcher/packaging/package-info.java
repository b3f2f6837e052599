// SPDX-License-Identifier: Apache-2.0
/** What packaging does to the libraries, once. */
@NullMarked
package net.statemesh.launcher.packaging;

import org.jspecify.annotations.NullMarked;
