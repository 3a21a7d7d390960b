package io.plimsoll.segmentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.kernel.Evidence;
import io.plimsoll.kernel.EvidenceState;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Isolation as the effect of all tiers together. */
class TierIsolationTest {

    private static String clusterPolicy(String tier, String action, String subject) {
        return """
                ---
                apiVersion: policy.networking.k8s.io/v1alpha2
                kind: ClusterNetworkPolicy
                metadata: {name: p}
                spec:
                  tier: %s
                  priority: 1
                  subject: {namespaces: {%s}}
                  ingress: [{action: %s, from: [{namespaces: {}}]}]
                """.formatted(tier, subject, action);
    }

    private static EvidenceState stateOf(Town town, String control, String workload) {
        return SegmentationControls.evidence(town.state(), town.workloads(), List.of("shop")).stream()
                .filter(evidence -> evidence.control().equals(control)
                        && evidence.subject().name().equals(workload))
                .map(Evidence::state)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void isNotGivenByABaselineThatCannotNameTheOutside() {
        // Ingress peers of a ClusterNetworkPolicy are pods only: every address outside still comes in.
        Town town = new Town(clusterPolicy("Baseline", "Deny", ""));
        assertThat(stateOf(town, "ingress-isolated", "web")).isEqualTo(EvidenceState.FAIL);
    }

    @Test
    void isTakenAwayByAnAdminTierThatAcceptsEveryPod() {
        Town town = new Town(
                Town.policy("deny", "podSelector: {}", "policyTypes: [Ingress]"), clusterPolicy("Admin", "Accept", ""));
        assertThat(stateOf(town, "ingress-isolated", "web")).isEqualTo(EvidenceState.FAIL);
    }

    @Test
    void staysWithNetworkPoliciesWhereTheClusterPolicyMeansOthers() {
        Town town = new Town(
                Town.policy("deny", "podSelector: {}", "policyTypes: [Ingress]"),
                clusterPolicy("Admin", "Accept", "matchLabels: {team: b}"));
        assertThat(stateOf(town, "ingress-isolated", "web")).isEqualTo(EvidenceState.PASS);
    }

    @Test
    void ofANamespaceIsUnknownWhereAClusterPolicyDenies() {
        Town town = new Town(clusterPolicy("Baseline", "Deny", ""));
        assertThat(stateOf(town, "default-deny-ingress", "shop")).isEqualTo(EvidenceState.UNKNOWN);
    }
}
