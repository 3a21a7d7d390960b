package io.plimsoll.audit.estate;

import io.plimsoll.audit.guardrail.PolicyObject;
import io.plimsoll.kernel.Evidence;
import io.plimsoll.kernel.Reason;
import io.plimsoll.kernel.Subject;
import io.plimsoll.kernel.SubjectId;
import io.plimsoll.kernel.SubjectKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Whether each policy object says the same in every cluster (S4.parity, S5.parity): name and hash of its spec. */
public final class PolicyParity {

    private PolicyParity() {}

    /**
     * One subject a policy, belonging to the organisation; none where nothing can be compared.
     *
     * @param estate the policies of every cluster, by its name
     */
    public static List<Subject> subjects(Map<String, ? extends Collection<PolicyObject>> estate) {
        List<Subject> subjects = new ArrayList<>();
        byPolicy(estate)
                .forEach((id, clusters) -> subjects.add(Subject.ofEstate(
                        id, Set.of(), clusters.values().iterator().next().source())));
        return subjects;
    }

    /** @param estate the policies of every cluster, by its name */
    public static List<Evidence> evidence(Map<String, ? extends Collection<PolicyObject>> estate) {
        List<Evidence> evidence = new ArrayList<>();
        String control = EstateControls.POLICY_PARITY.id();
        byPolicy(estate).forEach((id, clusters) -> {
            PolicyObject first = clusters.values().iterator().next();
            Set<String> hashes = new HashSet<>();
            clusters.values().forEach(policy -> hashes.add(policy.specHash()));
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

    private static Map<SubjectId, Map<String, PolicyObject>> byPolicy(
            Map<String, ? extends Collection<PolicyObject>> estate) {
        Map<SubjectId, Map<String, PolicyObject>> policies = new TreeMap<>();
        if (estate.size() < 2) {
            return policies;
        }
        estate.forEach((cluster, declared) -> {
            for (PolicyObject policy : declared) {
                SubjectId id = new SubjectId(SubjectKind.POLICY, "", "", policy.kind(), policy.name(), "");
                policies.computeIfAbsent(id, key -> new TreeMap<>()).put(cluster, policy);
            }
        });
        return policies;
    }
}
