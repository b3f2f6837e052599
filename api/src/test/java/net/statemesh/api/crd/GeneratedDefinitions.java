// SPDX-License-Identifier: Apache-2.0
package net.statemesh.api.crd;

import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.crdv2.generator.CRDPostProcessor;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaPropsBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.statemesh.api.Hostnames;
import net.statemesh.api.Quantities;
import net.statemesh.api.application.Application;
import net.statemesh.api.application.Release;
import net.statemesh.api.history.History;
import net.statemesh.api.project.Project;

/** CustomResourceDefinitions as the Java types of today give them, and what the generator has no annotation for. */
final class GeneratedDefinitions {
    static final Path CHECKED_IN = Path.of("src/main/resources/net/statemesh/api/crd");

    private static final List<String> COLUMN_ORDER = List.of(
            "Application",
            "Number",
            "Image",
            "State",
            "Phase",
            "Ready",
            "Replicas",
            "Profile",
            "Owner",
            "URL",
            "Reason",
            "Age");
    private static final String DNS_LABEL = "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$";

    private GeneratedDefinitions() {}

    /** File name to YAML. */
    static Map<String, String> generate(Path workFolder) {
        new CRDGenerator()
                .inOutputDir(workFolder.toFile())
                .forCRDVersions("v1")
                .withPostProcessor(new CRDPostProcessor() {
                    @Override
                    public HasMetadata process(HasMetadata definition, String version) {
                        return complete(definition);
                    }
                })
                .customResourceClasses(Application.class, Project.class, Release.class, History.class)
                .generate();
        Map<String, String> byResource = new TreeMap<>();
        read(workFolder).forEach((file, text) -> byResource.put(file.substring(0, file.indexOf('.')) + ".yaml", text));
        return byResource;
    }

    static Map<String, String> read(Path folder) {
        Map<String, String> texts = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                texts.put(file.getFileName().toString(), Files.readString(file, StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return texts;
    }

    private static HasMetadata complete(HasMetadata resource) {
        CustomResourceDefinition definition = (CustomResourceDefinition) resource;
        definition.getSpec().getVersions().forEach(version -> {
            version.getAdditionalPrinterColumns()
                    .sort(Comparator.comparingInt(
                            (CustomResourceColumnDefinition column) -> COLUMN_ORDER.indexOf(column.getName())));
            JSONSchemaProps root = version.getSchema().getOpenAPIV3Schema();
            limitQuantities(root);
            boolean application = definition.getSpec().getNames().getKind().equals("Application");
            boolean named = List.of("Application", "Project")
                    .contains(definition.getSpec().getNames().getKind());
            if (!named) {
                root.setRequired(List.of("spec"));
                if (version.getSubresources() != null) {
                    // a release holds an application's spec, but is not scaled
                    version.getSubresources().setScale(null);
                }
                return;
            }
            limitName(root, application ? Hostnames.MAX_APPLICATION_NAME_LENGTH : Hostnames.MAX_LABEL_LENGTH);
            keyedList(root, "type", "status", "conditions");
            if (application) {
                root.setRequired(List.of("spec"));
                for (String containers : List.of("containers", "initContainers")) {
                    JSONSchemaProps container = keyedList(root, "name", "spec", containers);
                    keyedList(container, "name", "env");
                }
                keyedList(root, "name", "status", "replicaStatuses");
            }
        });
        return definition;
    }

    private static void limitName(JSONSchemaProps root, int maxLength) {
        root.getProperties()
                .put(
                        "metadata",
                        new JSONSchemaPropsBuilder()
                                .withType("object")
                                .addToProperties(
                                        "name",
                                        new JSONSchemaPropsBuilder()
                                                .withType("string")
                                                .withMaxLength((long) maxLength)
                                                .withPattern(DNS_LABEL)
                                                .build())
                                .build());
    }

    /** A malformed amount must not get past the API server: every client that lists would fail to read it. */
    private static void limitQuantities(JSONSchemaProps schema) {
        if (Boolean.TRUE.equals(schema.getXKubernetesIntOrString())) {
            schema.setPattern(Quantities.PATTERN);
        }
        if (schema.getItems() != null) {
            limitQuantities(schema.getItems().getSchema());
        }
        if (schema.getProperties() != null) {
            schema.getProperties().values().forEach(GeneratedDefinitions::limitQuantities);
        }
    }

    /** Elements are merged and told apart by {@code key}; duplicates are refused. Gives the schema of an element. */
    private static JSONSchemaProps keyedList(JSONSchemaProps from, String key, String... path) {
        JSONSchemaProps schema = from;
        for (String property : path) {
            schema = schema.getProperties().get(property);
        }
        schema.setXKubernetesListType("map");
        schema.setXKubernetesListMapKeys(List.of(key));
        return schema.getItems().getSchema();
    }
}
