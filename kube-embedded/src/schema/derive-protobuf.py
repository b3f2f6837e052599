#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Derives builtin-protobuf.json: the protobuf field numbers of the built-in kinds, which stock clients may send.

usage: derive-protobuf.py STAGING_DIR BUILTIN_TYPES OUT
STAGING_DIR is staging/src/k8s.io of a Kubernetes release; its generated.proto files are read. Every field is
NUMBER: [json name, type, shape] where shape is one, list, map or inline (a message whose fields stand in its parent in JSON).
"""
import json
import pathlib
import re
import sys

FIELD = re.compile(r"^\s*(optional|repeated|map<string, ([\w.]+)>)\s*([\w.]*)\s+(\w+) = (\d+);")
LATER = {
    "api.core.v1.ServiceSpec": {
        "21": ["loadBalancerClass", "string", "one"], "22": ["internalTrafficPolicy", "string", "one"],
        "23": ["trafficDistribution", "string", "one"]},
    "apimachinery.pkg.apis.meta.v1.ManagedFieldsEntry": {"8": ["subresource", "string", "one"]},
    "api.authentication.v1.SelfSubjectReview": {
        "1": ["metadata", "apimachinery.pkg.apis.meta.v1.ObjectMeta", "one"],
        "2": ["status", "api.authentication.v1.SelfSubjectReviewStatus", "one"]},
    "api.authentication.v1.SelfSubjectReviewStatus": {"1": ["userInfo", "api.authentication.v1.UserInfo", "one"]},
    "api.policy.v1.Eviction": {
        "1": ["metadata", "apimachinery.pkg.apis.meta.v1.ObjectMeta", "one"],
        "2": ["deleteOptions", "apimachinery.pkg.apis.meta.v1.DeleteOptions", "one"]},
}


def full(name, package):
    if "." not in name and not name[0].isupper():
        return name
    name = name.removeprefix(".")
    return name.removeprefix("k8s.io.") if "." in name else package + "." + name


def main(staging, types_file, out):
    with open(types_file) as file:
        types = json.load(file)
    messages = dict(LATER)
    for path in pathlib.Path(staging).rglob("generated.proto"):
        package = message = None
        for line in path.read_text().splitlines():
            if line.startswith("package "):
                package = line.split()[1].rstrip(";").removeprefix("k8s.io.")
            elif line.startswith("message "):
                message = package + "." + line.split()[1]
            elif (match := FIELD.match(line)) and message:
                label, map_value, kind, name, number = match.groups()
                shape = "map" if map_value else "list" if label == "repeated" else "one"
                kind = full(map_value or kind, package)
                known = types.get(message, {}).get("properties", {})
                if known and name not in known:
                    if kind[0].islower() and "." not in kind or shape != "one":
                        continue
                    shape = "inline"
                messages.setdefault(message, {})[number] = [name, kind, shape]
    wanted, todo = {}, [name for name, t in types.items() if "x-kubernetes-group-version-kind" in t]
    while todo:
        name = todo.pop()
        if name in messages and name not in wanted:
            wanted[name] = messages[name]
            todo.extend(field[1] for field in messages[name].values())
    with open(out, "w") as file:
        file.write("{\n" + ",\n".join(
            json.dumps(name) + ":" + json.dumps(wanted[name], separators=(",", ":")) for name in sorted(wanted)) + "\n}\n")


main(*sys.argv[1:])
