// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.up;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code up -o json} prints.
 *
 * @param kubeconfig path
 * @param caCertificate path of the CA that customers trust
 * @param example null with {@code --bare}
 */
public record UpResult(
        String zone,
        String kubeconfig,
        String caCertificate,
        int httpsPort,
        List<String> nodes,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Example example) {
    public UpResult {
        nodes = List.copyOf(nodes);
    }

    /** The example application that was deployed. */
    public record Example(String name, String url) {}
}
