// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.apps;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import net.statemesh.cli.output.Console;
import net.statemesh.cli.output.Documents;
import net.statemesh.cli.output.Format;

/** The result of a deploy on standard output: where the applications are, or documents for programs. */
record DeployReport(Console console, Format format, boolean dryRun) {
    void print(List<Deployment.Outcome> outcomes) {
        switch (format) {
            case YAML -> console.result(dryRun ? manifests(outcomes) : Documents.text(document(outcomes), format));
            case JSON -> console.result(Documents.text(document(outcomes), format));
            case NAME ->
                outcomes.forEach(outcome -> console.result(outcome.view().name()));
            case TABLE, WIDE ->
                outcomes.stream()
                        .filter(outcome -> !outcome.view().urls().isEmpty())
                        .forEach(outcome -> console.result(outcome.view().url()));
        }
    }

    /** One application is the usual case and reads as one object. */
    private static JsonNode document(List<Deployment.Outcome> outcomes) {
        return outcomes.size() == 1 ? outcomes.getFirst().document() : Deployment.documents(outcomes);
    }

    /** What {@code deploy -f} would take. */
    private static String manifests(List<Deployment.Outcome> outcomes) {
        List<String> documents = new ArrayList<>();
        outcomes.forEach(outcome -> documents.add(Documents.text(outcome.manifest(), Format.YAML)));
        return String.join("\n---\n", documents);
    }
}
