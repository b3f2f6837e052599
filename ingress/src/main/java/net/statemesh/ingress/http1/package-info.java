// SPDX-License-Identifier: Apache-2.0
/**
 * HTTP/1 at the level of bytes (RFC 9112), for a proxy: heads are parsed in place and judged strictly, because a message that two
 * parsers read differently is how requests are smuggled. Nothing here does I/O.
 */
@NullMarked
package net.statemesh.ingress.http1;

import org.jspecify.annotations.NullMarked;
