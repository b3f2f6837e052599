// SPDX-License-Identifier: Apache-2.0
/** What a caller may do: role-based access control and node authorisation. */
@NullMarked
package net.statemesh.kube.embedded.authz;

import org.jspecify.annotations.NullMarked;
