// SPDX-License-Identifier: Apache-2.0
/** CustomResourceDefinitions: checking them, serving what they define, validating its objects. */
@NullMarked
package net.statemesh.kube.embedded.crd;

import org.jspecify.annotations.NullMarked;
