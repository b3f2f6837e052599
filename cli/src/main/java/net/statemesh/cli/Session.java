// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli;

import net.statemesh.cli.client.ApiClient;
import net.statemesh.cli.client.Kubeconfig;
import net.statemesh.cli.output.Console;
import net.statemesh.cli.url.FirstAnswer;

/** What one run of a command has at hand. */
public final class Session {
    private final Environment environment;
    private final GlobalOptions options;

    Session(Environment environment, GlobalOptions options) {
        this.environment = environment;
        this.options = options;
    }

    public Environment environment() {
        return environment;
    }

    public GlobalOptions options() {
        return options;
    }

    /** Results on standard output, progress on standard error. */
    public Console console() {
        return new Console(
                environment.out(),
                environment.err(),
                environment.colours(),
                options.quiet(),
                environment.errIsTerminal());
    }

    /** The zone's API; close it. */
    public ApiClient api() {
        return new ApiClient(Kubeconfig.read(context().kubeconfig()));
    }

    /** Asks applications for answers as customers do; trusts the zone's public CA where the zone's folder has it. */
    public FirstAnswer firstAnswer() {
        return new FirstAnswer(context().publicAuthority());
    }

    /** Zone and project of this run, and where each value came from. */
    public ZoneContext context() {
        return ZoneContext.resolve(environment, options.data());
    }
}
