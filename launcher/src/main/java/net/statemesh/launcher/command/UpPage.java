// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.command;

import net.statemesh.cli.output.Console;
import net.statemesh.cli.output.Format;
import net.statemesh.launcher.up.UpResult;

/** What {@code up} prints when the zone is ready. */
final class UpPage {
    private UpPage() {}

    static void print(Console console, Format format, UpResult result) {
        if (format.isDocument()) {
            console.result(Documents.render(format, result));
            return;
        }
        if (result.example() != null) {
            console.result("");
            console.result("  " + result.example().url());
        }
        console.progress("");
        console.progress("  Next: statemesh apps list · statemesh status · statemesh down");
    }
}
