// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.authn;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import net.statemesh.kube.embedded.object.Json;
import net.statemesh.kube.embedded.object.Meta;
import net.statemesh.kube.embedded.status.ApiException;
import net.statemesh.kube.embedded.store.ObjectKey;
import net.statemesh.kube.embedded.store.ObjectStore;
import net.statemesh.kube.embedded.store.StoredObject;

/**
 * Tokens of service accounts: JWTs (RFC 7519) signed by a key that only this server has (HS256), good until they expire or until the
 * account or the object they are bound to is gone.
 */
public final class ServiceAccountTokens {
    public static final String ISSUER = "https://kubernetes.default.svc.cluster.local";
    public static final long MIN_SECONDS = 600;
    public static final long MAX_SECONDS = 1L << 32;

    private static final long MAX_SKEW_SECONDS = 60;
    private static final int MAX_TOKEN_BYTES = 16 << 10;
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final String HEADER =
            ENCODER.encodeToString("{\"alg\":\"HS256\",\"typ\":\"JWT\"}".getBytes(StandardCharsets.UTF_8));

    private final SecretKey key;
    private final ObjectStore store;
    private final InstantSource clock;

    public ServiceAccountTokens(SecretKey key, ObjectStore store, InstantSource clock) {
        this.key = key;
        this.store = store;
        this.clock = clock;
    }

    /**
     * Makes a token.
     *
     * @param bound the Pod or Secret whose end ends the token; an empty object for none
     */
    public String issue(ObjectNode account, JsonNode audiences, long seconds, JsonNode bound) {
        Instant now = clock.instant();
        ObjectNode claims = Json.object().put("iss", ISSUER);
        claims.put("sub", "system:serviceaccount:" + Meta.namespace(account) + ":" + Meta.name(account));
        claims.set("aud", audiences.isEmpty() ? Json.array().add(ISSUER) : audiences);
        claims.put("iat", now.getEpochSecond())
                .put("nbf", now.getEpochSecond())
                .put("exp", now.getEpochSecond() + seconds);
        ObjectNode kubernetes = claims.putObject("kubernetes.io").put("namespace", Meta.namespace(account));
        kubernetes.putObject("serviceaccount").put("name", Meta.name(account)).put("uid", Meta.uid(account));
        if (!bound.isEmpty()) {
            String kind = bound.path("kind").asText().equals("Pod") ? "pod" : "secret";
            kubernetes
                    .putObject(kind)
                    .put("name", bound.path("name").asText())
                    .put("uid", bound.path("uid").asText());
        }
        String body = HEADER + "." + ENCODER.encodeToString(Json.bytes(claims));
        return body + "." + ENCODER.encodeToString(sign(body));
    }

    /** The account behind a token; answers 401 that says what is wrong with it. */
    public User user(String token) {
        JsonNode claims = claims(token);
        if (claims.path("exp").asLong(0) <= clock.instant().getEpochSecond()) {
            throw refused("token expired at "
                    + Meta.time(Instant.ofEpochSecond(claims.path("exp").asLong(0))) + "; request a new one");
        }
        if (claims.path("nbf").asLong(0) > clock.instant().getEpochSecond() + MAX_SKEW_SECONDS) {
            throw refused("token is not valid yet");
        }
        if (claims.path("aud").valueStream().noneMatch(each -> each.asText().equals(ISSUER))) {
            throw refused("token is for the audiences " + claims.path("aud") + ", not for " + ISSUER);
        }
        JsonNode kubernetes = claims.path("kubernetes.io");
        String namespace = kubernetes.path("namespace").asText();
        String name = Json.text(kubernetes, "serviceaccount", "name");
        String uid = Json.text(kubernetes, "serviceaccount", "uid");
        living("serviceaccounts", namespace, name, uid);
        for (String bound : List.of("pod", "secret")) {
            if (kubernetes.has(bound)) {
                living(
                        bound + "s",
                        namespace,
                        Json.text(kubernetes, bound, "name"),
                        Json.text(kubernetes, bound, "uid"));
            }
        }
        return new User(
                "system:serviceaccount:" + namespace + ":" + name,
                uid,
                List.of("system:serviceaccounts", "system:serviceaccounts:" + namespace, User.AUTHENTICATED),
                Map.of());
    }

    private void living(String resource, String namespace, String name, String uid) {
        StoredObject object = store.get(new ObjectKey(resource, namespace, name));
        if (object == null || !Meta.uid(object.tree()).equals(uid)) {
            throw refused("token is revoked: its " + resource.substring(0, resource.length() - 1) + " " + namespace
                    + "/" + name + " is gone");
        }
    }

    private JsonNode claims(String token) {
        int last = token.lastIndexOf('.');
        if (token.length() > MAX_TOKEN_BYTES || last < 0 || !token.startsWith(HEADER + ".")) {
            throw refused("token is not one of this server");
        }
        try {
            byte[] signature = Base64.getUrlDecoder().decode(token.substring(last + 1));
            if (!MessageDigest.isEqual(signature, sign(token.substring(0, last)))) {
                throw refused("token is not one of this server");
            }
            return Json.parse(Base64.getUrlDecoder().decode(token.substring(HEADER.length() + 1, last)));
        } catch (IllegalArgumentException | IOException e) {
            throw refused("token is malformed");
        }
    }

    private byte[] sign(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac.doFinal(text.getBytes(StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HmacSHA256 is part of every Java", e);
        }
    }

    private static ApiException refused(String why) {
        return ApiException.of(401, "Unauthorized", "Unauthorized: " + why);
    }
}
