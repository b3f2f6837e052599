// SPDX-License-Identifier: Apache-2.0
/** Applications as their customers reach them: over TLS, by the generated name, through the router. */
@NullMarked
package net.statemesh.cli.url;

import org.jspecify.annotations.NullMarked;
