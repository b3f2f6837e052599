// SPDX-License-Identifier: Apache-2.0
/** What StateMesh relies on of a Kubernetes API: one set of tests for every engine. */
@NullMarked
package net.statemesh.contract;

import org.jspecify.annotations.NullMarked;
