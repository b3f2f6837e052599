// SPDX-License-Identifier: Apache-2.0
package net.statemesh.contract;

import java.time.Duration;
import java.util.UUID;
import java.util.function.Supplier;
import net.statemesh.contract.engine.Answer;
import net.statemesh.contract.engine.ApiClient;
import net.statemesh.contract.engine.Engine;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** One subject of the contract; every test has a namespace of its own. */
abstract class Contract {
    static final String MAP = "{apiVersion: v1, kind: ConfigMap, metadata: {name: %s}, data: {k: %s}}";

    private final Supplier<Engine> engines;
    ApiClient admin;
    /** A namespace that is new and empty. */
    String namespace;
    /** The ConfigMaps of {@link #namespace}. */
    String maps;

    Contract(Supplier<Engine> engines) {
        this.engines = engines;
    }

    @BeforeEach
    final void newNamespace() {
        admin = engine().admin();
        namespace = uniqueName("contract");
        maps = in(namespace, "configmaps");
        admin.create("/api/v1/namespaces", "{metadata: {name: %s}}", namespace).succeeded();
    }

    @AfterEach
    final void hangUp() {
        admin.close();
    }

    final Engine engine() {
        return engines.get();
    }

    /** Path of a core resource. */
    static String in(String namespace, String resource) {
        return "/api/v1/namespaces/" + namespace + "/" + resource;
    }

    static String uniqueName(String prefix) {
        return prefix + "-" + UUID.randomUUID().toString().substring(0, 8);
    }

    static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(50));
    }

    final void awaitGone(String path) {
        await().until(() -> admin.get(path).code() == 404);
    }

    /** Pods are refused until their namespace has the account that they run as. */
    final void awaitDefaultAccount() {
        await().until(() -> admin.get(in(namespace, "serviceaccounts/default")).code() == 200);
    }

    final Answer createMap(String name) {
        return admin.create(maps, MAP, name, "v").succeeded();
    }
}
