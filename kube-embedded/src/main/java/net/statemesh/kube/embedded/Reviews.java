// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.statemesh.kube.embedded.authn.ServiceAccountTokens;
import net.statemesh.kube.embedded.authn.User;
import net.statemesh.kube.embedded.authz.Attributes;
import net.statemesh.kube.embedded.authz.Authorizer;
import net.statemesh.kube.embedded.authz.Rbac;
import net.statemesh.kube.embedded.crud.ResourceService;
import net.statemesh.kube.embedded.object.Json;
import net.statemesh.kube.embedded.request.Body;
import net.statemesh.kube.embedded.request.ResourceCall;
import net.statemesh.kube.embedded.request.Verb;
import net.statemesh.kube.embedded.status.ApiException;

/** Answers kinds that are not stored: who am I, what may I, what may they, bindings. */
final class Reviews {
    private final ServiceAccountTokens tokens;
    private final Authorizer authorizer;
    private final Rbac rbac;
    private final ResourceService.Subresource binding;

    Reviews(ServiceAccountTokens tokens, Authorizer authorizer, Rbac rbac, ResourceService.Subresource binding) {
        this.tokens = tokens;
        this.authorizer = authorizer;
        this.rbac = rbac;
        this.binding = binding;
    }

    void serve(ResourceCall call) {
        if (call.verb() != Verb.CREATE) {
            throw ApiException.methodNotAllowed();
        }
        if (call.type().plural().equals("bindings")) {
            binding.serve(call);
            return;
        }
        ObjectNode review = Body.object(call.http());
        review.put("kind", call.type().kind()).put("apiVersion", call.type().apiVersion());
        Json.child(review, "metadata");
        JsonNode spec = review.path("spec");
        switch (call.type().plural()) {
            case "tokenreviews" ->
                review.set("status", tokenReview(spec.path("token").asText()));
            case "selfsubjectreviews" -> review.putObject("status").set("userInfo", userInfo(call.user()));
            case "selfsubjectaccessreviews" -> review.set("status", access(call.user(), spec));
            case "selfsubjectrulesreviews" ->
                review.set("status", rules(call.user(), spec.path("namespace").asText()));
            case "subjectaccessreviews" -> review.set("status", access(subject(spec), spec));
            case "localsubjectaccessreviews" -> {
                String namespace = Json.text(spec, "resourceAttributes", "namespace");
                if (!namespace.equals(call.path().namespace())) {
                    throw ApiException.badRequest(
                            "spec.resourceAttributes.namespace must match the namespace of the request: "
                                    + call.path().namespace());
                }
                review.set("status", access(subject(spec), spec));
            }
            default -> throw ApiException.noSuchPath();
        }
        call.exchange().json(201, review);
    }

    private ObjectNode tokenReview(String token) {
        ObjectNode status = Json.object();
        try {
            User user = tokens.user(token);
            status.put("authenticated", true).set("user", userInfo(user));
            status.putArray("audiences").add(ServiceAccountTokens.ISSUER);
        } catch (ApiException e) {
            status.put("authenticated", false).put("error", e.getMessage());
        }
        return status;
    }

    private ObjectNode access(User user, JsonNode spec) {
        Attributes attributes = attributes(spec);
        Authorizer.Decision decision = authorizer.decide(user, attributes);
        ObjectNode status = Json.object().put("allowed", decision.allowed());
        if (!decision.reason().isEmpty()) {
            status.put("reason", decision.reason());
        }
        return status;
    }

    private static Attributes attributes(JsonNode spec) {
        JsonNode on = spec.path("resourceAttributes");
        if (on.isObject()) {
            return new Attributes(
                    on.path("verb").asText(),
                    on.path("group").asText(),
                    on.path("version").asText(),
                    on.path("resource").asText(),
                    on.path("subresource").asText(),
                    on.path("namespace").asText(),
                    on.path("name").asText(),
                    "");
        }
        JsonNode path = spec.path("nonResourceAttributes");
        if (!path.isObject()) {
            throw ApiException.badRequest("spec must have exactly one of resourceAttributes and nonResourceAttributes");
        }
        return Attributes.ofPath(path.path("verb").asText(), path.path("path").asText());
    }

    private static User subject(JsonNode spec) {
        List<String> groups = new ArrayList<>();
        spec.path("groups").forEach(each -> groups.add(each.asText()));
        return new User(spec.path("user").asText(), spec.path("uid").asText(), List.copyOf(groups), Map.of());
    }

    private ObjectNode rules(User user, String namespace) {
        ObjectNode status = Json.object();
        ArrayNode resources = status.putArray("resourceRules");
        ArrayNode paths = status.putArray("nonResourceRules");
        if (user.inGroup(User.MASTERS)) {
            ObjectNode all = resources.addObject();
            List.of("verbs", "apiGroups", "resources")
                    .forEach(field -> all.putArray(field).add("*"));
            ObjectNode everywhere = paths.addObject();
            List.of("verbs", "nonResourceURLs")
                    .forEach(field -> everywhere.putArray(field).add("*"));
        }
        for (JsonNode rule : rbac.rules(user, namespace)) {
            (rule.has("nonResourceURLs") ? paths : resources).add(rule);
        }
        return status.put("incomplete", !user.node().isEmpty());
    }

    private static ObjectNode userInfo(User user) {
        ObjectNode info = Json.object().put("username", user.name());
        if (!user.uid().isEmpty()) {
            info.put("uid", user.uid());
        }
        ArrayNode groups = info.putArray("groups");
        user.groups().forEach(groups::add);
        return info;
    }
}
