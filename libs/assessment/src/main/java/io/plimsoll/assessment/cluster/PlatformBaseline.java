package io.plimsoll.assessment.cluster;

import io.plimsoll.assessment.Coverage;
import io.plimsoll.audit.podsecurity.Level;
import io.plimsoll.audit.podsecurity.PodSecurity;
import io.plimsoll.audit.podsecurity.Violation;
import io.plimsoll.audit.workload.WorkloadControls;
import io.plimsoll.kernel.Control;
import io.plimsoll.kernel.Evidence;
import io.plimsoll.kernel.EvidenceClass;
import io.plimsoll.kernel.Reason;
import io.plimsoll.kernel.Severity;
import io.plimsoll.kernel.SubjectKind;
import io.plimsoll.kernel.Tier;
import io.plimsoll.kubernetes.addon.AddOn;
import io.plimsoll.kubernetes.addon.BaselineFamily;
import io.plimsoll.kubernetes.inventory.InventoriedWorkload;
import io.plimsoll.kubernetes.inventory.Inventory;
import io.plimsoll.kubernetes.workload.PodTemplate;
import io.plimsoll.kubernetes.workload.Workload;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What one workload of the platform breaks of the Pod Security baseline. Exemptions belong to a known component and are
 * listed; what goes beyond them is a finding like any other (stage-gates 3). A pod that several components share is exempt
 * from what any of them needs: the fields of a pod have no single owner.
 *
 * @param exempt broken, and listed for its component
 * @param beyond broken, and listed for nobody; in the order of families
 */
public record PlatformBaseline(InventoriedWorkload part, List<Violation> exempt, List<Violation> beyond) {

    public static final Control CONTROL = new Control(
            "platform-within-exemptions",
            "Breaks of the Pod Security baseline only what its component is known to need",
            SubjectKind.WORKLOAD,
            EvidenceClass.INTRINSIC,
            Severity.HIGH,
            "Remove the fields the component does not need, as its published install has them.",
            List.of("L27.4"));

    /** Every workload of the platform tier, in the order of identity. */
    public static List<PlatformBaseline> of(Inventory inventory) {
        return inventory.workloads().stream()
                .filter(workload -> workload.tier() == Tier.PLATFORM)
                .map(PlatformBaseline::of)
                .toList();
    }

    static PlatformBaseline of(InventoriedWorkload part) {
        Set<BaselineFamily> needed = EnumSet.noneOf(BaselineFamily.class);
        part.addOns().forEach(addOn -> needed.addAll(addOn.baselineExempt()));
        List<Violation> exempt = new ArrayList<>();
        List<Violation> beyond = new ArrayList<>();
        // Where a workload was declared more than once, each declaration may break something of its own.
        for (PodTemplate template : part.workload().templates()) {
            Set<BaselineFamily> allowed = EnumSet.noneOf(BaselineFamily.class);
            allowed.addAll(needed);
            if (template.hostNetwork() && needed.contains(BaselineFamily.HOSTNAMESPACES)) {
                // On the node's network every port is the node's; Kubernetes itself writes hostPort then.
                allowed.add(BaselineFamily.HOSTPORTS);
            }
            for (Violation violation : PodSecurity.evaluate(template, Level.BASELINE, WorkloadControls.standards())) {
                boolean known = BaselineFamily.of(violation.family())
                        .map(allowed::contains)
                        .orElse(false);
                (known ? exempt : beyond).add(violation);
            }
        }
        return new PlatformBaseline(part, List.copyOf(exempt), List.copyOf(beyond));
    }

    /** FAIL with the first violation in full and all families beyond the exemptions named. */
    public Evidence evidence() {
        Workload workload = part.workload();
        if (beyond.isEmpty()) {
            return Evidence.pass(
                    CONTROL.id(), workload.subjectId(), "nothing beyond what is known to be needed", workload.source());
        }
        Violation first = beyond.getFirst();
        String component =
                part.addOns().isEmpty() ? "a part of the platform nobody knows" : titles() + " is not known to need it";
        return Evidence.fail(
                CONTROL.id(),
                workload.subjectId(),
                Reason.SEEN_AND_WRONG,
                first.path(),
                first.value(),
                first.message() + "; " + component + "; breaks the Pod Security baseline in: " + families(beyond),
                first.source());
    }

    /** The line that shows what was let pass; empty when nothing was. */
    public Optional<Coverage> exemption() {
        if (exempt.isEmpty()) {
            return Optional.empty();
        }
        Workload workload = part.workload();
        return Optional.of(new Coverage(
                "exemption",
                workload.id() + " breaks the Pod Security baseline in " + families(exempt) + ", as " + titles()
                        + " is known to need; not counted",
                workload.source()));
    }

    private String titles() {
        return part.addOns().stream().map(AddOn::title).sorted().collect(Collectors.joining(" and "));
    }

    private static String families(List<Violation> violations) {
        return violations.stream().map(Violation::family).distinct().collect(Collectors.joining(", "));
    }
}
