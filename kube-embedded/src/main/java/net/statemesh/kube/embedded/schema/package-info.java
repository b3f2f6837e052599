// SPDX-License-Identifier: Apache-2.0
/** OpenAPI structural schemas of built-in kinds and custom resources. */
@NullMarked
package net.statemesh.kube.embedded.schema;

import org.jspecify.annotations.NullMarked;
