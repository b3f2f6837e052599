// SPDX-License-Identifier: Apache-2.0
/** What an API server's OpenAPI validation cannot express; the same answer in the CLI, before it sends, and in the master. */
@NullMarked
package net.statemesh.api.validation;

import org.jspecify.annotations.NullMarked;
