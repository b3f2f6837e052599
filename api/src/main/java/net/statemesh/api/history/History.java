// SPDX-License-Identifier: Apache-2.0
package net.statemesh.api.history;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Version;
import java.util.Locale;
import net.statemesh.api.ApiGroup;
import org.jspecify.annotations.Nullable;

/**
 * What happened to one subject in the last 30 days, longer than Events live. An application's is in the namespace of its project and stays
 * when the application goes; those of nodes and projects are in the zone's own namespace. Written by the master alone.
 */
@Group(ApiGroup.GROUP)
@Version(ApiGroup.VERSION)
@Plural("histories")
@AdditionalPrinterColumn(
        name = "Age",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
public class History extends CustomResource<HistorySpec, Void> implements Namespaced {
    private static final long serialVersionUID = 1;

    /** Name of the History of a subject, for example {@code application.shop}. */
    public static String nameOf(String kind, String name) {
        return kind.toLowerCase(Locale.ROOT) + "." + name;
    }

    @Override
    protected @Nullable HistorySpec initSpec() {
        return null;
    }

    @Override
    protected @Nullable Void initStatus() {
        return null;
    }
}
