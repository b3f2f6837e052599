// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.install;

import java.util.List;

/**
 * What an installation does, or an uninstallation, with one object.
 *
 * @param object for people, for example {@code clusterrole statemesh-master}
 * @param fields what differs from what is there, for example {@code rules} or {@code data.domain}; for {@link Action#CHANGE} alone
 */
public record Change(Action action, String object, List<String> fields) {
    /** In words of the plan. */
    public enum Action {
        /** It is not there yet. */
        CREATE,
        /** It is there, and differs. */
        CHANGE,
        /** It is there as it should be. */
        KEEP,
        /** Earlier versions made it, and this one has no use for it; or all of it goes. */
        REMOVE,
        /** It is there, and no installation of a zone made it: nothing may be done. */
        REFUSE
    }

    public Change {
        fields = List.copyOf(fields);
    }

    static Change of(Action action, ObjectName object) {
        return new Change(action, object.spoken(), List.of());
    }
}
