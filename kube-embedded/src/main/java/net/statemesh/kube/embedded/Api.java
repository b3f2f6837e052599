// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded;

import net.statemesh.kube.embedded.authn.Authentication;
import net.statemesh.kube.embedded.authn.User;
import net.statemesh.kube.embedded.authz.Attributes;
import net.statemesh.kube.embedded.authz.Authorizer;
import net.statemesh.kube.embedded.crud.ResourceService;
import net.statemesh.kube.embedded.discovery.Documents;
import net.statemesh.kube.embedded.http.ApiRequest;
import net.statemesh.kube.embedded.http.Exchange;
import net.statemesh.kube.embedded.http.RequestService;
import net.statemesh.kube.embedded.request.ResourceCall;
import net.statemesh.kube.embedded.request.ResourcePath;
import net.statemesh.kube.embedded.request.Verb;
import net.statemesh.kube.embedded.resource.ResourceRegistry;
import net.statemesh.kube.embedded.resource.ResourceType;
import net.statemesh.kube.embedded.selector.FieldSelector;
import net.statemesh.kube.embedded.status.ApiException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The way of every request: who is it, what does it ask for, may it, do it. */
final class Api implements RequestService {
    private static final Logger LOG = LoggerFactory.getLogger(Api.class);

    private final Authentication authentication;
    private final Authorizer authorizer;
    private final ResourceRegistry registry;
    private final Documents documents;
    private final ResourceService resources;
    private final Reviews reviews;

    Api(
            Authentication authentication,
            Authorizer authorizer,
            ResourceRegistry registry,
            Documents documents,
            ResourceService resources,
            Reviews reviews) {
        this.authentication = authentication;
        this.authorizer = authorizer;
        this.registry = registry;
        this.documents = documents;
        this.resources = resources;
        this.reviews = reviews;
    }

    @Override
    public void identify(ApiRequest head) {
        authentication.caller(head);
    }

    @Override
    public void serve(ApiRequest request, Exchange exchange) {
        try {
            route(request, exchange);
        } catch (ApiException refusal) {
            exchange.json(refusal.code(), refusal.status());
        } catch (RuntimeException | StackOverflowError fault) {
            LOG.error("{} {} failed", request.method(), request.path(), fault);
            exchange.json(
                    500,
                    ApiException.internal(String.valueOf(fault.getMessage())).status());
        }
    }

    private void route(ApiRequest request, Exchange exchange) {
        if (documents.isPublic(request.path())) {
            documents.serve(request, exchange);
            return;
        }
        User user = authentication.user(request, authorizer);
        exchange.clientIsKnown();
        ResourcePath path = ResourcePath.parse(request.path());
        if (path == null) {
            nonResource(request, exchange, user);
            return;
        }
        Verb verb = Verb.of(request, path);
        ResourceType type = find(path);
        Authorizer.Decision decision = authorizer.decide(user, attributes(request, verb, path, type));
        if (!decision.allowed()) {
            throw refusal(user, verb, path, decision.reason());
        }
        if (type == null) {
            throw ApiException.noSuchPath();
        }
        ResourceCall call = new ResourceCall(request, exchange, user, verb, path, type);
        if (type.stored()) {
            resources.serve(call);
        } else {
            reviews.serve(call);
        }
    }

    /** Listing or watching one object by {@code fieldSelector=metadata.name=NAME} is a request for that name. */
    private static Attributes attributes(
            ApiRequest request, Verb verb, ResourcePath path, @Nullable ResourceType type) {
        Attributes attributes = Attributes.of(verb.word(), path);
        String selector = request.parameter("fieldSelector");
        if (type == null || !path.name().isEmpty() || selector.isEmpty()) {
            return attributes;
        }
        FieldSelector fields = FieldSelector.parse(selector, type);
        return attributes.selecting(fields.onlyName(), fields.only("spec.nodeName"));
    }

    private @Nullable ResourceType find(ResourcePath path) {
        ResourceType type = registry.find(path.group(), path.version(), path.resource());
        boolean misplaced = type != null && !path.subresource().isEmpty() && !type.hasSubresource(path.subresource());
        boolean inNamespace = type != null
                && !type.namespaced()
                && !path.namespace().isEmpty()
                && !type.id().equals("namespaces");
        return misplaced || inNamespace ? null : type;
    }

    private void nonResource(ApiRequest request, Exchange exchange, User user) {
        String verb = request.method().name().toLowerCase(java.util.Locale.ROOT);
        if (!authorizer.decide(user, Attributes.ofPath(verb, request.path())).allowed()) {
            throw ApiException.of(
                    403,
                    "Forbidden",
                    "forbidden: User \"" + user.name() + "\" cannot " + verb + " path \"" + request.path() + "\"");
        }
        documents.serve(request, exchange);
    }

    private static ApiException refusal(User user, Verb verb, ResourcePath path, String reason) {
        String resource = path.subresource().isEmpty() ? path.resource() : path.resource() + "/" + path.subresource();
        String scope = path.namespace().isEmpty() || path.resource().equals("namespaces")
                ? " at the cluster scope"
                : " in the namespace \"" + path.namespace() + "\"";
        String why = "User \"" + user.name() + "\" cannot " + verb.word() + " resource \"" + resource
                + "\" in API group \"" + path.group() + "\"" + scope;
        return ApiException.forbidden(
                path.group(), path.resource(), path.name(), reason.isEmpty() ? why : why + ": " + reason);
    }
}
