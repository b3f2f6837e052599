// SPDX-License-Identifier: Apache-2.0
package net.statemesh.api.application;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Version;
import net.statemesh.api.ApiGroup;
import org.jspecify.annotations.Nullable;

/** A numbered spec that an application had. Written by the master alone, and gone with its application. */
@Group(ApiGroup.GROUP)
@Version(ApiGroup.VERSION)
@AdditionalPrinterColumn(
        name = "Application",
        jsonPath = ".spec.application",
        type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(name = "Number", jsonPath = ".spec.number", type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
        name = "Image",
        jsonPath = ".spec.template.containers[0].image",
        type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(name = "State", jsonPath = ".status.state", type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "Reason",
        jsonPath = ".status.failure.reason",
        type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "Age",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
public class Release extends CustomResource<ReleaseSpec, ReleaseStatus> implements Namespaced {
    private static final long serialVersionUID = 1;

    @Override
    protected @Nullable ReleaseSpec initSpec() {
        return null;
    }

    @Override
    protected @Nullable ReleaseStatus initStatus() {
        return null;
    }
}
