// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.up;

import java.util.List;
import java.util.OptionalInt;

/**
 * What the user asked {@code up} for; an empty number was not given.
 *
 * @param operators who brings the virtual nodes, in turn; empty was not given
 * @param install whether missing packages may be installed
 * @param bare without the example
 */
public record UpOptions(
        String zone,
        OptionalInt nodes,
        List<String> operators,
        OptionalInt httpsPort,
        OptionalInt httpPort,
        boolean install,
        boolean bare) {
    public UpOptions {
        operators = List.copyOf(operators);
    }
}
