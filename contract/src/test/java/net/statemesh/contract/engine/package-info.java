// SPDX-License-Identifier: Apache-2.0
/** The engines under test, and the plain HTTP client that the tests talk to them with. */
@NullMarked
package net.statemesh.contract.engine;

import org.jspecify.annotations.NullMarked;
