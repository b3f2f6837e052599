// SPDX-License-Identifier: Apache-2.0
/** Accounts, storage and code: what lasts, and the journal of what a block changes. */
@NullMarked
package net.statemesh.evm.state;

import org.jspecify.annotations.NullMarked;
