package io.plimsoll.segmentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.segmentation.idle.RuleFinding;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Policies and rules that decide nothing, kind by kind. */
class RuleFindingsTest {

    private static List<String> findings(String... policies) {
        return new Town(policies)
                .reachability().ruleFindings().stream()
                        .map(finding ->
                                finding.policy().name() + " " + finding.path() + " " + finding.kind() + finding.by())
                        .toList();
    }

    private static String cluster(String name, String tier, int priority, String... fields) {
        return """
                ---
                apiVersion: policy.networking.k8s.io/v1alpha2
                kind: ClusterNetworkPolicy
                metadata: {name: %s}
                spec:
                  tier: %s
                  priority: %d
                  %s
                """.formatted(name, tier, priority, String.join("\n  ", fields));
    }

    @Test
    void findsNothingWhereEveryRuleCounts() {
        assertThat(findings(Town.policy(
                        "p",
                        "podSelector: {matchLabels: {app: db}}",
                        "ingress: [{from: [{podSelector: {matchLabels: {app: web}}}], ports: [{port: 5432}]}]")))
                .isEmpty();
    }

    @Test
    void namesAPolicyThatSelectsNobody() {
        assertThat(findings(Town.policy("p", "podSelector: {matchLabels: {app: gone}}", "ingress: [{}]")))
                .containsExactly("p spec SELECTS_NOBODY[]");
    }

    @Test
    void namesAPolicyThatSelectsOnlyPodsOnTheHostsNetwork() {
        List<RuleFinding> findings = new Town(
                        Town.hostPod("shop", "agent", "app: agent"),
                        Town.policy("p", "podSelector: {matchLabels: {app: agent}}"))
                .reachability()
                .ruleFindings();
        assertThat(findings)
                .extracting(RuleFinding::why)
                .containsExactly("it selects only pods on the host's network, for which it does not hold");
    }

    @Test
    void namesRulesOfADirectionThatIsNotInEffect() {
        // Network policies, policyTypes: "If this field is not specified, it will default based on the existence of
        // ingress or egress rules".
        assertThat(findings(Town.policy(
                        "p", "podSelector: {}", "policyTypes: [Ingress]", "egress: [{to: [{podSelector: {}}]}]")))
                .containsExactly("p spec.egress NOT_IN_EFFECT[]");
    }

    @Test
    void namesPeersThatMatchNobody() {
        assertThat(
                        findings(
                                Town.policy(
                                        "p",
                                        "podSelector: {}",
                                        "ingress:",
                                        "- from: [{podSelector: {matchLabels: {app: gone}}}]",
                                        "- from: [{podSelector: {matchLabels: {app: web}}}, {namespaceSelector: {matchLabels: {team: z}}}]")))
                .containsExactly("p spec.ingress[0] NO_PEER[]", "p spec.ingress[1].from[1] PEER_NOT_THERE[]");
    }

    @Test
    void namesPortsThatNobodyHas() {
        assertThat(findings(Town.policy("p", "podSelector: {}", "ingress: [{ports: [{port: metrics}]}]")))
                .containsExactly("p spec.ingress[0] NO_PORT[]");
    }

    @Test
    void namesTheRuleThatCoversAnother() {
        assertThat(findings(
                        Town.policy(
                                "narrow",
                                "podSelector: {matchLabels: {app: db}}",
                                "ingress: [{from: [{podSelector: {matchLabels: {app: web}}}], ports: [{port: 5432}]}]"),
                        Town.policy("wide", "podSelector: {}", "ingress: [{from: [{podSelector: {}}]}]")))
                .containsExactly(
                        "narrow spec REDUNDANT[shop/NetworkPolicy/wide spec]",
                        "narrow spec.ingress[0] SHADOWED[shop/NetworkPolicy/wide spec.ingress[0]]");
    }

    @Test
    void namesAllThatCoverARuleTogether() {
        assertThat(findings(Town.policy(
                        "p",
                        "podSelector: {matchLabels: {app: db}}",
                        "ingress:",
                        "- {from: [{podSelector: {}}], ports: [{port: 80, endPort: 100}]}",
                        "- {from: [{podSelector: {}}], ports: [{port: 101, endPort: 120}]}",
                        "- {from: [{podSelector: {}}], ports: [{port: 90, endPort: 110}]}")))
                .containsExactly("p spec.ingress[2] SHADOWED[shop/NetworkPolicy/p spec.ingress[0], shop/NetworkPolicy/p"
                        + " spec.ingress[1]]");
    }

    @Test
    void keepsOneOfTwoThatAreTheSame() {
        assertThat(findings(
                        Town.policy("a", "podSelector: {}", "policyTypes: [Ingress]"),
                        Town.policy("b", "podSelector: {}", "policyTypes: [Ingress]")))
                .containsExactly("b spec REDUNDANT[shop/NetworkPolicy/a spec]");
    }

    @Test
    void namesTheEarlierRuleOfAClusterPolicy() {
        assertThat(
                        findings(
                                cluster(
                                        "c",
                                        "Admin",
                                        1,
                                        "subject: {namespaces: {}}",
                                        "ingress:",
                                        "- {action: Deny, from: [{namespaces: {matchLabels: {team: b}}}]}",
                                        "- {action: Accept, name: late, from: [{pods: {namespaceSelector: {matchLabels: {team: b}}, podSelector: {}}}]}")))
                .containsExactly("c spec.ingress[1] SHADOWED[ClusterNetworkPolicy/c spec.ingress[0]]");
    }

    @Test
    void namesTheAdminRuleThatDecidesBeforeANetworkPolicy() {
        assertThat(findings(
                        Town.policy(
                                "p",
                                "podSelector: {matchLabels: {app: db}}",
                                "ingress: [{from: [{namespaceSelector: {matchLabels: {team: b}}}]}]"),
                        cluster(
                                "c",
                                "Admin",
                                1,
                                "subject: {namespaces: {}}",
                                "ingress: [{action: Deny, from: [{namespaces: {matchLabels: {team: b}}}]}]")))
                .containsExactly("p spec.ingress[0] SHADOWED[ClusterNetworkPolicy/c spec.ingress[0]]");
    }

    @Test
    void namesTheTierThatIsNotReached() {
        assertThat(findings(
                        Town.policy("deny", "podSelector: {}", "policyTypes: [Ingress]"),
                        cluster(
                                "b",
                                "Baseline",
                                1,
                                "subject: {namespaces: {matchLabels: {team: a}}}",
                                "ingress: [{action: Deny, from: [{namespaces: {}}]}]")))
                .containsExactly("b spec.ingress[0] TIER_NOT_REACHED[shop/NetworkPolicy/deny spec]");
    }

    @Test
    void namesWhatIsTheSameWithoutIt() {
        assertThat(findings(cluster(
                        "c",
                        "Admin",
                        1,
                        "subject: {namespaces: {}}",
                        "ingress: [{action: Accept, from: [{namespaces: {}}]}]")))
                .containsExactly("c spec.ingress[0] SAME_WITHOUT[]");
    }

    @Test
    void namesAClusterPolicyWithoutRules() {
        assertThat(findings(cluster("c", "Admin", 1, "subject: {namespaces: {}}")))
                .containsExactly("c spec NO_RULES[]");
    }

    @Test
    void doesNotJudgeAPolicyOfWhichTheReadingInForceIsNotKnown() {
        assertThat(findings(
                        Town.policy("p", "podSelector: {}", "ingress: [{}, {}]"),
                        Town.policy("p", "podSelector: {}", "ingress: [{ports: [{port: 80}]}]")))
                .isEmpty();
    }

    @Test
    void saysOnceThatAPolicyOfCiliumSelectsNobodyAndJudgesNoneOfItsRules() {
        String cilium = """
                ---
                apiVersion: cilium.io/v2
                kind: CiliumNetworkPolicy
                metadata: {name: %1$s, namespace: shop}
                spec:
                  endpointSelector: {matchLabels: {app: %1$s}}
                  ingress: [{fromEndpoints: [{}]}, {fromEndpoints: [{}]}]
                  ingressDeny: [{fromEndpoints: [{matchLabels: {app: gone}}]}]
                """;
        assertThat(findings(cilium.formatted("db"), cilium.formatted("gone")))
                .containsExactly("gone spec SELECTS_NOBODY[]");
    }
}
