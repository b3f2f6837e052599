// SPDX-License-Identifier: Apache-2.0
/** What a request asks for: verb, resource, options, bodies. */
@NullMarked
package net.statemesh.kube.embedded.request;

import org.jspecify.annotations.NullMarked;
