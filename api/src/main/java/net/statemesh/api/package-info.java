// SPDX-License-Identifier: Apache-2.0
/** The nouns: custom resources, error codes, reasons. */
@NullMarked
package net.statemesh.api;

import org.jspecify.annotations.NullMarked;
