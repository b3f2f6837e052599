// SPDX-License-Identifier: Apache-2.0
/** What is special about a kind: defaults, validation, what an update may change. */
@NullMarked
package net.statemesh.kube.embedded.rules;

import org.jspecify.annotations.NullMarked;
