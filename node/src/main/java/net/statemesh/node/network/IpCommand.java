// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.network;

import java.util.ArrayList;
import java.util.List;
import net.statemesh.node.NodeErrors;
import net.statemesh.node.process.SystemCommand;

/** The {@code ip} command of iproute2, in the network namespace of this process. */
class IpCommand {
    /** Runs {@code ip route VERB ARGUMENTS}. */
    void route(String verb, String... arguments) {
        List<String> command = new ArrayList<>(List.of("ip", "route", verb));
        command.addAll(List.of(arguments));
        SystemCommand.run(NodeErrors.NETWORK, command);
    }
}
