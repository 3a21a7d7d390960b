package io.plimsoll.audit.estate;

import io.plimsoll.kernel.Evidence;
import io.plimsoll.kernel.Exposure;
import io.plimsoll.kernel.Lifecycle;
import io.plimsoll.kernel.Reason;
import io.plimsoll.kernel.Subject;
import io.plimsoll.kernel.SubjectId;
import io.plimsoll.kernel.SubjectKind;
import io.plimsoll.kernel.Tier;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.inventory.Inventory;
import io.plimsoll.kubernetes.value.Canonical;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Whether each policy object says the same in every cluster (S4.parity, S5.parity): name and hash of its spec. */
public final class PolicyParity {

    private static final Set<String> GROUPS = Set.of(
            "constraints.gatekeeper.sh",
            "templates.gatekeeper.sh",
            "kyverno.io",
            "policies.kyverno.io",
            "policy.sigstore.dev");
    private static final Set<String> KINDS = Set.of(
            "admissionregistration.k8s.io/ValidatingAdmissionPolicy",
            "admissionregistration.k8s.io/ValidatingAdmissionPolicyBinding",
            "security.istio.io/PeerAuthentication");
    private static final String MESH_ROOT = "istio-system";

    private PolicyParity() {}

    /** One subject a policy, belonging to the organisation; none where nothing can be compared. */
    public static List<Subject> subjects(List<Inventory> estate) {
        List<Subject> subjects = new ArrayList<>();
        byPolicy(estate)
                .forEach((id, clusters) -> subjects.add(new Subject(
                        id,
                        "",
                        "",
                        Tier.PLATFORM,
                        Exposure.NONE,
                        Lifecycle.UNSTATED,
                        Set.of(),
                        clusters.values().iterator().next().source())));
        return subjects;
    }

    static List<Evidence> evidence(List<Inventory> estate) {
        List<Evidence> evidence = new ArrayList<>();
        String control = EstateControls.POLICY_PARITY.id();
        byPolicy(estate).forEach((id, clusters) -> {
            Resource first = clusters.values().iterator().next();
            Set<String> hashes = new HashSet<>();
            clusters.values().forEach(policy -> hashes.add(Canonical.digest(policy.spec())));
            if (clusters.size() < estate.size()) {
                evidence.add(Evidence.fail(
                        control,
                        id,
                        Reason.ABSENT_FROM_INPUT,
                        "",
                        "",
                        id.object() + " " + id.name() + " is in " + clusters.size() + " of " + estate.size()
                                + " clusters",
                        first.source()));
            } else if (hashes.size() > 1) {
                evidence.add(Evidence.fail(
                        control,
                        id,
                        Reason.SEEN_AND_WRONG,
                        "spec",
                        "",
                        id.object() + " " + id.name() + " differs between clusters",
                        first.source()));
            } else {
                evidence.add(Evidence.pass(control, id, "the same in every cluster", first.source()));
            }
        });
        return evidence;
    }

    private static Map<SubjectId, Map<String, Resource>> byPolicy(List<Inventory> estate) {
        Map<SubjectId, Map<String, Resource>> policies = new TreeMap<>();
        if (estate.size() < 2) {
            return policies;
        }
        for (Inventory inventory : estate) {
            for (Resource resource : inventory.state().resources()) {
                if (isPolicy(resource)) {
                    SubjectId id = new SubjectId(
                            SubjectKind.POLICY, "", resource.namespace(), resource.kind(), resource.name(), "");
                    policies.computeIfAbsent(id, key -> new TreeMap<>()).put(inventory.cluster(), resource);
                }
            }
        }
        return policies;
    }

    private static boolean isPolicy(Resource resource) {
        boolean mesh = resource.group().equals("security.istio.io");
        return (GROUPS.contains(resource.group()) || KINDS.contains(resource.group() + "/" + resource.kind()))
                && (!mesh || resource.namespace().equals(MESH_ROOT));
    }
}
