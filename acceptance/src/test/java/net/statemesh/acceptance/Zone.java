// SPDX-License-Identifier: Apache-2.0
package net.statemesh.acceptance;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import net.statemesh.load.SteadyRequests;

/** A running zone as its users see it, whoever runs its API and its pods; gone when it is closed, whatever happened to it. */
interface Zone extends AutoCloseable {
    /** With {@code kubeconfig} and {@code ca.crt}. */
    Path folder();

    Path home();

    default Shell shell() {
        return new Shell()
                .with("HOME", home().toString())
                .with("STATEMESH_DATA", folder().toString())
                .with("KUBECONFIG", folder().resolve("kubeconfig").toString());
    }

    default Shell.Result statemesh(String... arguments) {
        List<String> command = new ArrayList<>(List.of(Shell.statemesh()));
        command.addAll(List.of(arguments));
        return shell().run(command);
    }

    default Shell.Result kubectl(String... arguments) {
        List<String> command = new ArrayList<>(List.of("kubectl"));
        command.addAll(List.of(arguments));
        return shell().run(command);
    }

    /** What curl gets from a URL, trusting this zone's public CA. */
    default Shell.Result curl(String url, String... more) {
        List<String> command = new ArrayList<>(List.of(
                "curl",
                "-sS",
                "--max-time",
                "10",
                "--cacert",
                folder().resolve("ca.crt").toString()));
        command.addAll(List.of(more));
        command.add(url);
        return shell().run(command);
    }

    /** Trusts this zone's public CA. */
    default SSLContext trust() {
        return SteadyRequests.trusting(folder().resolve("ca.crt"));
    }

    /** A steady stream of requests that trusts this zone's public CA. */
    default SteadyRequests requests(String url, int perSecond) {
        return new SteadyRequests(URI.create(url), folder().resolve("ca.crt"), perSecond);
    }

    @Override
    void close();
}
