// SPDX-License-Identifier: Apache-2.0
/** Which resources the server knows, built in or by CustomResourceDefinition. */
@NullMarked
package net.statemesh.kube.embedded.resource;

import org.jspecify.annotations.NullMarked;
