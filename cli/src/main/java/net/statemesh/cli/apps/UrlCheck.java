// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.apps;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import net.statemesh.cli.output.Console;
import net.statemesh.cli.url.FirstAnswer;
import net.statemesh.cli.url.PublicAnswer;

/** Whether an application that serves is reached by its customers. */
final class UrlCheck {
    private UrlCheck() {}

    /** Waits for the first answer at the generated name; hosts of the application's own may have no DNS entry yet. */
    static void await(FirstAnswer firstAnswer, ApplicationView application, Console console, Duration within) {
        Optional<URI> url = generated(application);
        if (url.isEmpty() || application.readyReplicas() == 0) {
            return;
        }
        Duration patience = within.compareTo(FirstAnswer.PATIENCE) < 0 ? within : FirstAnswer.PATIENCE;
        PublicAnswer answer = firstAnswer.await(url.get(), patience);
        if (!answer.isGood()) {
            console.progress("  ! " + url.get() + " answers " + answer);
        }
    }

    private static Optional<URI> generated(ApplicationView application) {
        return application.urls().stream()
                .map(URI::create)
                .filter(url -> url.getHost() != null
                        && url.getHost().startsWith(application.name() + "-" + application.id() + "."))
                .findFirst();
    }
}
