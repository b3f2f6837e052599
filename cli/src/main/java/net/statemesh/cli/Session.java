// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli;

import net.statemesh.cli.client.ApiClient;
import net.statemesh.cli.client.Kubeconfig;
import net.statemesh.cli.output.Console;

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

    /** Zone and project of this run, and where each value came from. */
    public ZoneContext context() {
        return ZoneContext.resolve(environment, options.data());
    }
}
