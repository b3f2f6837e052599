// SPDX-License-Identifier: Apache-2.0
/** Manifests in YAML or JSON, read strictly: what the zone would not understand is refused here, with its line. */
@NullMarked
package net.statemesh.cli.manifest;

import org.jspecify.annotations.NullMarked;
