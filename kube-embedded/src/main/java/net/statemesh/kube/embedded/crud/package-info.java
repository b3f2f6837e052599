// SPDX-License-Identifier: Apache-2.0
/** Reading and writing objects: get, list, watch, create, update, delete. */
@NullMarked
package net.statemesh.kube.embedded.crud;

import org.jspecify.annotations.NullMarked;
