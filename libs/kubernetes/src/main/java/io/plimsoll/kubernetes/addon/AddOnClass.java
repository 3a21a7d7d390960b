package io.plimsoll.kubernetes.addon;

import java.util.Arrays;
import java.util.Optional;

/** Whom an add-on was made for (L19.1, L25.9, L27.5). Judged by its published install, not by its advertising. */
public enum AddOnClass {
    KUBERNETES_NATIVE(
            "kubernetes-native",
            "its account lists or watches pods, or it owns custom resources or admission webhooks"),
    CONTAINER_CENTRIC(
            "container-centric", "it knows containers or the node below them, not the workloads of a cluster"),
    LEGACY_HOST("legacy-host", "made for machines: it sees processes and files, not whose they are"),
    /** Never counted against anybody, and never for. */
    UNKNOWN("unknown", "its published installs do not settle it");

    private final String id;
    private final String meaning;

    AddOnClass(String id, String meaning) {
        this.id = id;
        this.meaning = meaning;
    }

    /** As the catalogue writes it. */
    public String id() {
        return id;
    }

    /** One clause for people. */
    public String meaning() {
        return meaning;
    }

    static Optional<AddOnClass> of(String id) {
        return Arrays.stream(values()).filter(each -> each.id.equals(id)).findFirst();
    }
}
