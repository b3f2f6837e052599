#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Derives src/main/resources/.../builtin-types.json: names, types, required fields and merge facts of the built-in kinds.

usage: derive.py SWAGGER_JSON ADDITIONS_JSON OUT
SWAGGER_JSON is api/openapi-spec/swagger.json of a Kubernetes release; ADDITIONS_JSON holds fields of later releases and the
constant defaults that the published document leaves out. Descriptions are left out.
"""
import json
import sys

ROOTS = """
api.core.v1.Namespace api.core.v1.Node api.core.v1.Pod api.core.v1.Service api.core.v1.Secret api.core.v1.ConfigMap
api.core.v1.Event api.core.v1.ServiceAccount api.core.v1.ResourceQuota api.core.v1.LimitRange api.core.v1.Binding
api.core.v1.Endpoints api.coordination.v1.Lease api.discovery.v1.EndpointSlice api.networking.v1.NetworkPolicy
api.rbac.v1.Role api.rbac.v1.ClusterRole api.rbac.v1.RoleBinding api.rbac.v1.ClusterRoleBinding
apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinition
api.authentication.v1.TokenReview api.authentication.v1.TokenRequest api.authentication.v1.SelfSubjectReview
api.authorization.v1.SelfSubjectAccessReview api.authorization.v1.SelfSubjectRulesReview
api.authorization.v1.SubjectAccessReview api.authorization.v1.LocalSubjectAccessReview
api.certificates.v1.CertificateSigningRequest
api.autoscaling.v1.Scale api.policy.v1.Eviction
apimachinery.pkg.apis.meta.v1.Status apimachinery.pkg.apis.meta.v1.DeleteOptions apimachinery.pkg.apis.meta.v1.ListMeta
apimachinery.pkg.apis.meta.v1.ObjectMeta apimachinery.pkg.apis.meta.v1.WatchEvent
""".split()
KEEP = {
    "type", "format", "required", "default", "x-kubernetes-int-or-string", "x-kubernetes-preserve-unknown-fields",
    "x-kubernetes-list-type", "x-kubernetes-list-map-keys", "x-kubernetes-map-type", "x-kubernetes-patch-merge-key",
    "x-kubernetes-patch-strategy", "x-kubernetes-group-version-kind", "x-kubernetes-unions", "enum",
}
REF = "#/definitions/io.k8s."


def compact(schema):
    out = {}
    for key, value in schema.items():
        if key == "$ref" and isinstance(value, str):
            out["$ref"] = value.removeprefix(REF)
        elif key in ("items", "additionalProperties") and isinstance(value, dict):
            out[key] = compact(value)
        elif key == "properties":
            out[key] = {name: compact(child) for name, child in value.items()}
        elif key in KEEP and not (key == "x-kubernetes-group-version-kind" and len(value) != 1):
            out[key] = value
    return out


def merge(into, extra):
    for key, value in extra.items():
        if isinstance(value, dict) and isinstance(into.get(key), dict):
            merge(into[key], value)
        elif value is None:
            into.pop(key, None)
        else:
            into[key] = value


def references(schema, found):
    if isinstance(schema, dict):
        if isinstance(schema.get("$ref"), str):
            found.add(schema["$ref"])
        for value in schema.values():
            references(value, found)
    return found


def main(swagger, additions, out):
    with open(swagger) as file:
        types = {name.removeprefix("io.k8s."): compact(d) for name, d in json.load(file)["definitions"].items()}
    with open(additions) as file:
        merge(types, json.load(file))
    wanted, todo = {}, list(ROOTS)
    while todo:
        name = todo.pop()
        if name not in wanted:
            wanted[name] = types[name]
            todo.extend(references(types[name], set()))
    with open(out, "w") as file:
        file.write("{\n" + ",\n".join(
            json.dumps(name) + ":" + json.dumps(wanted[name], separators=(",", ":"), sort_keys=True)
            for name in sorted(wanted)) + "\n}\n")


main(*sys.argv[1:])
