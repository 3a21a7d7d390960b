package io.plimsoll.audit.export;

import io.plimsoll.audit.control.ControlCatalogue;
import io.plimsoll.audit.podsecurity.Level;
import io.plimsoll.audit.podsecurity.PodSecurity;
import io.plimsoll.audit.podsecurity.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The controls that can be written as admission policies. Immutable, any thread. */
public final class Exportables {

    private static final String FAMILY = "pod-security/";

    private final List<Exportable> all;

    private Exportables(List<Exportable> all) {
        this.all = List.copyOf(all);
    }

    /**
     * The two levels of the Pod Security Standards, each family of them, the controls of workloads that gates count, and those
     * of the catalogue that their folders say in CEL.
     *
     * @param version of the standards
     */
    public static Exportables of(Version version) {
        List<Exportable> all = new ArrayList<>();
        all.add(Exportable.ofPods(
                "pod-security-baseline",
                "Meets the Pod Security baseline of " + version,
                PodSecurityExpressions.of(Level.BASELINE, version)));
        all.add(Exportable.ofPods(
                "pod-security-restricted",
                "Meets the Pod Security level restricted of " + version,
                PodSecurityExpressions.of(Level.RESTRICTED, version)));
        all.addAll(WorkloadExpressions.all());
        PodSecurityExpressions.of(version)
                .forEach((family, parts) -> all.add(Exportable.ofPods(
                        FAMILY + family, "Keeps to " + family + " of the Pod Security Standards " + version, parts)));
        ControlCatalogue.builtin()
                .controls()
                .forEach(control -> CatalogueExpressions.of(control, PodSecurityExpressions.of(version))
                        .ifPresent(all::add));
        return new Exportables(all);
    }

    /** In a stable order. */
    public List<Exportable> all() {
        return all;
    }

    /** The control of an id; {@code pod-security/privileged} is a family of the standards. */
    public Optional<Exportable> find(String id) {
        return all.stream().filter(each -> each.id().equals(id)).findFirst();
    }

    /** The families of a level, by the names that {@link #find} takes. */
    public static List<String> families(Level level, Version version) {
        return PodSecurity.families(level, version).stream()
                .map(family -> FAMILY + family)
                .toList();
    }
}
