// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.plan.application;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import net.statemesh.api.application.ApplicationSpec;
import net.statemesh.api.application.Priority;

/**
 * The hash that tells pods of different specs apart.
 *
 * <p>It covers what the customer wrote about the pods, not the pods we make of it: a newer master that builds pods differently
 * replaces none. Replicas, entrypoints, strategy, the stopped flag, and how long draining and
 * a rollout may take are left out because they change no pod.
 */
final class Revision {
    /** Characters of a revision; part of every pod's name. */
    static final int LENGTH = 5;

    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
    private static final JsonMapper CANONICAL = JsonMapper.builder()
            .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private Revision() {}

    static String of(ApplicationSpec spec) {
        List<Object> relevant = new ArrayList<>();
        relevant.add(spec.containers());
        relevant.add(spec.initContainers());
        relevant.add(spec.imagePullSecrets());
        relevant.add(spec.annotations());
        relevant.add(spec.terminationGracePeriodSeconds());
        relevant.add(spec.requirements() == null ? "" : spec.requirements());
        relevant.add(spec.restartNonce() == null ? "" : spec.restartNonce());
        if (spec.placement() != null || spec.priority() != Priority.NORMAL) {
            relevant.add(spec.placement() == null ? "" : spec.placement());
            relevant.add(spec.priority());
        }
        try {
            return letters(sha256(CANONICAL.writeValueAsBytes(relevant)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a record cannot be written as JSON", e);
        }
    }

    private static String letters(byte[] digest) {
        StringBuilder text = new StringBuilder(LENGTH);
        for (int i = 0; i < LENGTH; i++) {
            text.append(ALPHABET.charAt(digest[i] & 31));
        }
        return text.toString();
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
