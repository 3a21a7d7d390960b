package io.plimsoll.cli.audit;

import io.plimsoll.assessment.Coverage;
import io.plimsoll.audit.control.CatalogueControl;
import io.plimsoll.audit.control.Finding;
import io.plimsoll.kernel.EvidenceState;
import io.plimsoll.kernel.Reason;
import io.plimsoll.kernel.SubjectId;
import io.plimsoll.kernel.SubjectKind;
import io.plimsoll.kernel.declaration.Validity;
import io.plimsoll.kernel.declaration.Waiver;
import io.plimsoll.kubernetes.ResourceId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Declared exceptions: a FAIL that one in force covers is WAIVED, and shown as such. A waiver that has ended, or that no time was
 * given to hold against, waives nothing and is listed; so is one that covers nothing.
 */
final class Waivers {

    private final List<Waiver> all;
    private final @Nullable Instant asOf;
    private final Map<String, List<Waiver>> byControl = new HashMap<>();
    private final Set<String> used = new HashSet<>();

    /**
     * @param waivers each of a control of the catalogue, or of a control of a gate: then of all that ask the same
     * @param asOf null when no time is given
     */
    Waivers(List<Waiver> waivers, List<CatalogueControl> controls, @Nullable Instant asOf) {
        this.all = waivers.stream().sorted(Comparator.comparing(Waiver::id)).toList();
        this.asOf = asOf;
        for (CatalogueControl control : controls) {
            List<Waiver> its = all.stream()
                    .filter(each -> each.validity().at(asOf) == Validity.At.IN_FORCE)
                    .filter(each -> each.control().equals(control.id())
                            || control.gateControls().contains(each.control()))
                    .toList();
            if (!its.isEmpty()) {
                byControl.put(control.id(), its);
            }
        }
    }

    Finding of(Finding finding) {
        if (finding.state() != EvidenceState.FAIL) {
            return finding;
        }
        ResourceId object = finding.object();
        for (Waiver each : byControl.getOrDefault(finding.control().id(), List.of())) {
            SubjectId subject = new SubjectId(
                    SubjectKind.WORKLOAD, object.cluster(), object.namespace(), object.kind(), object.name(), "");
            if (each.selector().covers(subject)) {
                used.add(each.id());
                return waived(finding, each);
            }
        }
        return finding;
    }

    private static Finding waived(Finding finding, Waiver waiver) {
        return new Finding(
                finding.control(),
                finding.object(),
                finding.container(),
                EvidenceState.WAIVED,
                Reason.WAIVED_BY_DECLARATION,
                finding.path(),
                finding.value(),
                "waived by " + waiver.id() + " until " + waiver.expires() + ", " + waiver.reason() + ": "
                        + finding.message(),
                finding.source());
    }

    /** What is to be said of the waivers themselves, after the last finding. */
    List<Coverage> coverage() {
        List<Coverage> coverage = new ArrayList<>();
        for (Waiver each : all) {
            String gap =
                    switch (each.validity().at(asOf)) {
                        case NO_CLOCK -> "is not applied: it ends, and no time was given (--as-of)";
                        case EXPIRED -> "ended at " + each.expires();
                        case NOT_YET -> "";
                        case IN_FORCE ->
                            used.contains(each.id()) ? "" : "covers nothing that fails here: it can be withdrawn";
                    };
            if (!gap.isEmpty()) {
                coverage.add(new Coverage("declaration", "waiver " + each.id() + " " + gap, each.source()));
            }
        }
        return coverage;
    }
}
