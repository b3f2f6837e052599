// SPDX-License-Identifier: Apache-2.0
/** Who is calling: client certificates and service account tokens. */
@NullMarked
package net.statemesh.kube.embedded.authn;

import org.jspecify.annotations.NullMarked;
