// SPDX-License-Identifier: Apache-2.0
/** The kubelet API: HTTPS with mutual authentication, for the API server alone. */
@NullMarked
package net.statemesh.node.server;

import org.jspecify.annotations.NullMarked;
