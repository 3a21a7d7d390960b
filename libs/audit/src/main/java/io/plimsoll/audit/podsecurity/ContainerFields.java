package io.plimsoll.audit.podsecurity;

import io.plimsoll.kubernetes.workload.Container;

/** One container and the place it stands at. */
public record ContainerFields(Container container, Field field) {

    public Field at(String... keys) {
        return field.at(keys);
    }

    public Field securityContext() {
        return field.at("securityContext");
    }

    /** For people: {@code container web}, {@code init container migrate}; a container without a name is named by its path. */
    public String title() {
        String role =
                switch (container.role()) {
                    case INIT -> container.sidecar() ? "sidecar container" : "init container";
                    case MAIN -> "container";
                    case EPHEMERAL -> "ephemeral container";
                };
        return container.name().isEmpty() ? role + " at " + container.path() : role + " " + container.name();
    }
}
