// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.apps;

import java.util.List;
import net.statemesh.api.application.Requirements;
import net.statemesh.api.application.Requirements.DiskClass;
import net.statemesh.api.application.Requirements.NodeAddress;
import net.statemesh.api.application.Requirements.NodeClass;
import org.jspecify.annotations.Nullable;

/** {@link Requirements} as they are typed: {@code disk=nvme,ssd}. Pure. */
final class RequirementWords {
    static final String NAMES = "class, disk, region, zone, address, cpu, gpus, virtualisation";

    private static final Choice<NodeClass> CLASSES = Choice.among(NodeClass.values(), NodeClass::label);
    private static final Choice<DiskClass> DISKS = Choice.among(DiskClass.values(), DiskClass::label);
    private static final Choice<NodeAddress> ADDRESSES = Choice.among(NodeAddress.values(), NodeAddress::label);
    private static final Choice<Boolean> TRUTHS = new Choice<>(List.of(true, false), String::valueOf);

    private RequirementWords() {}

    /** Null when nothing is required any more. */
    static @Nullable Requirements change(@Nullable Requirements before, List<String> given) {
        Requirements now = before == null ? Requirements.NONE : before;
        for (String each : given) {
            int equals = each.indexOf('=');
            if (equals < 0) {
                throw Choice.refusal("--require", each, "NAME=VALUE");
            }
            now = change(now, each.substring(0, equals), each.substring(equals + 1));
        }
        return now.equals(Requirements.NONE) ? null : now;
    }

    private static Requirements change(Requirements r, String name, String value) {
        String what = "--require " + name;
        List<String> values = value.isEmpty() ? List.of() : List.of(value.split(",", -1));
        String word = value.isEmpty() ? null : value;
        return switch (name) {
            case "class" ->
                with(r, values.stream().map(each -> CLASSES.of(each, what)).toList(), r.cpuFeatures(), r.disks());
            case "disk" ->
                with(
                        r,
                        r.nodeClasses(),
                        r.cpuFeatures(),
                        values.stream().map(each -> DISKS.of(each, what)).toList());
            case "cpu" -> with(r, r.nodeClasses(), values, r.disks());
            case "region" -> with(r, word, r.zone(), r.gpus(), r.virtualisation(), r.address());
            case "zone" -> with(r, r.region(), word, r.gpus(), r.virtualisation(), r.address());
            case "gpus" -> with(r, r.region(), r.zone(), count(what, value), r.virtualisation(), r.address());
            case "virtualisation" ->
                with(r, r.region(), r.zone(), r.gpus(), word != null && TRUTHS.of(word, what), r.address());
            case "address" ->
                with(
                        r,
                        r.region(),
                        r.zone(),
                        r.gpus(),
                        r.virtualisation(),
                        word == null ? null : ADDRESSES.of(word, what));
            default -> throw Choice.refusal("--require", name, NAMES);
        };
    }

    private static int count(String what, String value) {
        try {
            return value.isEmpty() ? 0 : Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw Choice.refusal(what, value, "a whole number");
        }
    }

    private static Requirements with(
            Requirements r, List<NodeClass> classes, List<String> cpuFeatures, List<DiskClass> disks) {
        return new Requirements(
                classes, r.region(), r.zone(), cpuFeatures, r.gpus(), r.virtualisation(), r.address(), disks);
    }

    private static Requirements with(
            Requirements r,
            @Nullable String region,
            @Nullable String zone,
            int gpus,
            boolean virtualisation,
            @Nullable NodeAddress address) {
        return new Requirements(
                r.nodeClasses(), region, zone, r.cpuFeatures(), gpus, virtualisation, address, r.disks());
    }
}
