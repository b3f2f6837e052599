// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.pod;

import com.fasterxml.jackson.databind.node.ObjectNode;
import net.statemesh.kube.embedded.crud.ResourceService;
import net.statemesh.kube.embedded.object.Json;
import net.statemesh.kube.embedded.request.Body;
import net.statemesh.kube.embedded.request.ResourceCall;

/** {@code pods/NAME/eviction}: a deletion; there are no disruption budgets here that could refuse it. */
public final class Eviction implements ResourceService.Subresource {
    private final ResourceService.Deletion deletion;

    public Eviction(ResourceService.Deletion deletion) {
        this.deletion = deletion;
    }

    @Override
    public void serve(ResourceCall call) {
        ObjectNode eviction = Body.object(call.http());
        deletion.delete(call, eviction.path("deleteOptions"));
        ObjectNode done = Json.object().put("kind", "Status").put("apiVersion", "v1");
        done.putObject("metadata");
        call.exchange().json(201, done.put("status", "Success").put("code", 201));
    }
}
