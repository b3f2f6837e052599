// SPDX-License-Identifier: Apache-2.0
/** The packaged product from outside: its command line, kubectl and curl. */
@NullMarked
package net.statemesh.acceptance;

import org.jspecify.annotations.NullMarked;
