// SPDX-License-Identifier: Apache-2.0
/** The CustomResourceDefinitions of the nouns, generated from the Java types and checked in as YAML. */
@NullMarked
package net.statemesh.api.crd;

import org.jspecify.annotations.NullMarked;
