// SPDX-License-Identifier: Apache-2.0
/** Which replica answers for which host and path: computed purely from applications and pods, kept on disk, swapped at once. */
@NullMarked
package net.statemesh.ingress.route;

import org.jspecify.annotations.NullMarked;
