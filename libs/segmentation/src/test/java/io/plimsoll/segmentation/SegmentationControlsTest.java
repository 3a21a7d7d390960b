package io.plimsoll.segmentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.plimsoll.kernel.Control;
import io.plimsoll.kernel.Evidence;
import io.plimsoll.kernel.EvidenceState;
import io.plimsoll.kernel.Reason;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Isolation as an effect: what earns a PASS, what does not, and what cannot be told. */
class SegmentationControlsTest {

    private static final String DENY_IN = Town.policy("deny-in", "podSelector: {}", "policyTypes: [Ingress]");
    private static final String DENY_OUT = Town.policy("deny-out", "podSelector: {}", "policyTypes: [Egress]");
    private static final String FROM_WEB =
            Town.policy("from-web", "podSelector: {}", "ingress: [{from: [{podSelector: {matchLabels: {app: web}}}]}]");

    @Test
    void asksThreeQuestionsOfWorkloadsAndTwoOfNamespaces() {
        assertThat(SegmentationControls.all())
                .extracting(Control::id)
                .containsExactly(
                        "ingress-selected",
                        "ingress-isolated",
                        "egress-isolated",
                        "default-deny-ingress",
                        "default-deny-egress");
    }

    @Test
    void failsAsAbsentWhereNoPolicySelectsTheWorkload() {
        for (String control : List.of("ingress-selected", "ingress-isolated", "egress-isolated")) {
            Evidence evidence = answer(new Town(), control, "db");
            assertThat(evidence.state()).isEqualTo(EvidenceState.FAIL);
            assertThat(evidence.reason()).isEqualTo(Reason.ABSENT_FROM_INPUT);
            assertThat(evidence.message())
                    .startsWith("no NetworkPolicy among the files given selects this workload for");
            assertThat(evidence.source()).isEqualTo(workloadSource("db"));
        }
    }

    @Test
    void passesWhereAPolicyKeepsSomethingOut() {
        Town town = new Town(FROM_WEB, DENY_OUT);
        assertThat(answer(town, "ingress-selected", "db").state()).isEqualTo(EvidenceState.PASS);
        assertThat(answer(town, "ingress-isolated", "db").state()).isEqualTo(EvidenceState.PASS);
        assertThat(answer(town, "egress-isolated", "db").message())
                .isEqualTo("selected for egress by NetworkPolicy deny-out");
    }

    @ParameterizedTest
    @MethodSource
    void givesNoCreditForIngressThatIsOpen(String... fields) {
        // When
        Town town = new Town(DENY_IN, Town.policy("open", fields));
        Evidence isolated = answer(town, "ingress-isolated", "db");
        // Then
        assertThat(answer(town, "ingress-selected", "db").state()).isEqualTo(EvidenceState.PASS);
        assertThat(isolated.state()).isEqualTo(EvidenceState.FAIL);
        assertThat(isolated.reason()).isEqualTo(Reason.SEEN_AND_WRONG);
        assertThat(isolated.path()).isEqualTo("spec.ingress[0]");
        assertThat(isolated.value()).isEqualTo("shop/NetworkPolicy/open");
        assertThat(isolated.message()).startsWith("NetworkPolicy open lets everything in");
    }

    static Stream<Arguments> givesNoCreditForIngressThatIsOpen() {
        return Stream.of(
                open("a rule of nothing", "ingress: [{}]"),
                open("every namespace", "ingress: [{from: [{namespaceSelector: {}}]}]"),
                open("every pod of every namespace", "ingress: [{from: [{namespaceSelector: {}, podSelector: {}}]}]"),
                open("every address", "ingress: [{from: [{ipBlock: {cidr: 0.0.0.0/0}}]}]"),
                open(
                        "every address in two halves",
                        "ingress: [{from: [{ipBlock: {cidr: 0.0.0.0/1}}, {ipBlock: {cidr: 128.0.0.0/1}}]}]"),
                open(
                        "protocol by protocol",
                        "ingress: [{ports: [{protocol: TCP}]}, {from: [{namespaceSelector: {}}], ports: [{protocol: UDP}, {protocol: SCTP}]}]"));
    }

    private static Arguments open(String name, String rules) {
        return argumentSet(name, (Object) new String[] {"podSelector: {matchLabels: {app: db}}", rules});
    }

    @ParameterizedTest
    @MethodSource
    void countsIngressAsIsolatedWhereSomethingStaysOut(String rules) {
        Town town = new Town(Town.policy("some", "podSelector: {}", rules));
        assertThat(answer(town, "ingress-isolated", "db").state()).isEqualTo(EvidenceState.PASS);
    }

    static Stream<Arguments> countsIngressAsIsolatedWhereSomethingStaysOut() {
        return Stream.of(
                argumentSet("one port for everyone", "ingress: [{ports: [{port: 80}]}]"),
                argumentSet("one protocol for everyone", "ingress: [{ports: [{protocol: TCP}, {protocol: UDP}]}]"),
                argumentSet("the own namespace", "ingress: [{from: [{podSelector: {}}]}]"),
                argumentSet(
                        "one application everywhere",
                        "ingress: [{from: [{namespaceSelector: {}, podSelector: {matchLabels: {app: web}}}]}]"),
                argumentSet(
                        "all addresses but one",
                        "ingress: [{from: [{ipBlock: {cidr: 0.0.0.0/0, except: [10.0.0.1/32]}}]}]"));
    }

    @Test
    void givesNoCreditForEgressThatIsOpen() {
        for (String rule : List.of(
                "egress: [{}]",
                "egress: [{to: [{ipBlock: {cidr: 0.0.0.0/0}}]}]",
                "egress: [{to: [{namespaceSelector: {}}]}]")) {
            Evidence evidence =
                    answer(new Town(DENY_OUT, Town.policy("open", "podSelector: {}", rule)), "egress-isolated", "db");
            assertThat(evidence.state()).isEqualTo(EvidenceState.FAIL);
            assertThat(evidence.reason()).isEqualTo(Reason.SEEN_AND_WRONG);
            assertThat(evidence.path()).isEqualTo("spec.egress[0]");
        }
    }

    @Test
    void wantsEveryPodOfAWorkloadToBeSelected() {
        Town town = new Town(
                Town.ownedPod("pair-1", "pair", "app: left"),
                Town.ownedPod("pair-2", "pair", "app: right"),
                Town.policy("p", "podSelector: {matchLabels: {app: left}}"));
        assertThat(answer(town, "ingress-selected", "pair").reason()).isEqualTo(Reason.ABSENT_FROM_INPUT);
    }

    @Test
    void failsPodsOnTheHostsNetworkWhateverThePolicies() {
        Town town = new Town(Town.hostPod("shop", "agent", "app: agent"), DENY_IN, DENY_OUT);
        for (String control : List.of("ingress-selected", "ingress-isolated", "egress-isolated")) {
            Evidence evidence = answer(town, control, "agent");
            assertThat(evidence.state()).isEqualTo(EvidenceState.FAIL);
            assertThat(evidence.reason()).isEqualTo(Reason.SEEN_AND_WRONG);
            assertThat(evidence.path()).isEqualTo("spec.hostNetwork");
            assertThat(evidence.message()).contains("NetworkPolicy does not apply");
        }
    }

    @Test
    void passesANamespaceThatDeniesByDefault() {
        Town town = new Town(DENY_IN, FROM_WEB);
        assertThat(answer(town, "default-deny-ingress", "shop").message())
                .isEqualTo("NetworkPolicy deny-in denies ingress by default");
        assertThat(answer(town, "default-deny-egress", "shop").reason()).isEqualTo(Reason.ABSENT_FROM_INPUT);
    }

    @Test
    void wantsADefaultDenyToSelectEveryPodAndHaveNoRule() {
        Town some = new Town(Town.policy("p", "podSelector: {matchLabels: {app: db}}"));
        Town bad = new Town(Town.policy("p", "podSelector: {}", "ingress: [{ports: [{port: 0}]}]"));
        assertThat(answer(some, "default-deny-ingress", "shop").reason()).isEqualTo(Reason.ABSENT_FROM_INPUT);
        assertThat(answer(bad, "default-deny-ingress", "shop").reason()).isEqualTo(Reason.ABSENT_FROM_INPUT);
    }

    @Test
    void givesNoCreditForADefaultDenyBesideAnAllowAll() {
        Evidence evidence = answer(
                new Town(DENY_IN, Town.policy("open", "podSelector: {}", "ingress: [{}]")),
                "default-deny-ingress",
                "shop");
        assertThat(evidence.reason()).isEqualTo(Reason.SEEN_AND_WRONG);
        assertThat(evidence.value()).isEqualTo("shop/NetworkPolicy/open");
        assertThat(evidence.path()).isEqualTo("spec.ingress[0]");
    }

    @Test
    void keepsADefaultDenyWhereTheAllowAllIsForSomePods() {
        Town town = new Town(DENY_IN, Town.policy("open", "podSelector: {matchLabels: {app: web}}", "ingress: [{}]"));
        assertThat(answer(town, "default-deny-ingress", "shop").state()).isEqualTo(EvidenceState.PASS);
    }

    @ParameterizedTest
    @MethodSource
    void doubtsAFailureWhereAPolicyIsNotAnalysed(String kind, String namespace, boolean doubted) {
        Town town = new Town(Town.object(kind, namespace, "other"));
        for (String control : List.of("ingress-selected", "egress-isolated")) {
            Evidence evidence = answer(town, control, "db");
            assertThat(evidence.state()).isEqualTo(doubted ? EvidenceState.UNKNOWN : EvidenceState.FAIL);
            assertThat(evidence.reason()).isEqualTo(doubted ? Reason.PARTIAL_ANALYSIS : Reason.ABSENT_FROM_INPUT);
        }
        assertThat(answer(town, "default-deny-ingress", "shop").state())
                .isEqualTo(doubted ? EvidenceState.UNKNOWN : EvidenceState.FAIL);
        assertThat(town.reachability().coverage().partial())
                .containsExactly(java.util.Map.entry(kind.replaceFirst("/v.*? ", "/"), 1));
    }

    static Stream<Arguments> doubtsAFailureWhereAPolicyIsNotAnalysed() {
        return Stream.of(
                Arguments.of("cilium.io/v2 CiliumNetworkPolicy", "shop", true),
                Arguments.of("cilium.io/v2 CiliumNetworkPolicy", "ops", false),
                Arguments.of("cilium.io/v2 CiliumClusterwideNetworkPolicy", "", true),
                Arguments.of("crd.projectcalico.org/v1 NetworkPolicy", "shop", true),
                Arguments.of("projectcalico.org/v3 NetworkPolicy", "ops", false),
                Arguments.of("projectcalico.org/v3 GlobalNetworkPolicy", "", true),
                Arguments.of("policy.networking.k8s.io/v1alpha1 AdminNetworkPolicy", "", true),
                Arguments.of("policy.networking.k8s.io/v1alpha1 BaselineAdminNetworkPolicy", "", true),
                Arguments.of("policy.networking.k8s.io/v1alpha2 ClusterNetworkPolicy", "", true));
    }

    @Test
    void countsIsolationByCilium() {
        Town town = new Town("""
                ---
                apiVersion: cilium.io/v2
                kind: CiliumNetworkPolicy
                metadata: {name: p, namespace: shop}
                spec: {endpointSelector: {matchLabels: {app: db}}, ingress: [{fromEndpoints: [{}]}], egress: [{toEntities: [all]}]}
                """);
        assertThat(answer(town, "ingress-isolated", "db").state()).isEqualTo(EvidenceState.PASS);
        assertThat(answer(town, "ingress-isolated", "web").state()).isEqualTo(EvidenceState.FAIL);
        assertThat(answer(town, "egress-isolated", "db").state()).isEqualTo(EvidenceState.FAIL);
    }

    @Test
    void keepsAPassWhereAPolicyIsNotAnalysed() {
        Town town = new Town(DENY_IN, Town.object("cilium.io/v2 CiliumNetworkPolicy", "shop", "other"));
        assertThat(answer(town, "ingress-isolated", "db").state()).isEqualTo(EvidenceState.PASS);
    }

    @Test
    void answersInTheSameOrderWhateverTheOrderOfTheQuestions() {
        // Given
        Town town = new Town(FROM_WEB);
        var reversed = new ArrayList<>(town.workloads());
        Collections.reverse(reversed);
        // When
        List<Evidence> evidence = SegmentationControls.evidence(town.state(), town.workloads(), List.of("shop", "ops"));
        // Then
        assertThat(evidence).isSorted().hasSize(3 * 3 + 2 * 2);
        assertThat(SegmentationControls.evidence(town.state(), reversed, List.of("ops", "shop")))
                .isEqualTo(evidence);
    }

    private static Evidence answer(Town town, String control, String subject) {
        return SegmentationControls.evidence(town.state(), town.workloads(), List.of("ops", "shop")).stream()
                .filter(evidence -> evidence.control().equals(control))
                .filter(evidence -> evidence.subject().name().equals(subject))
                .findFirst()
                .orElseThrow();
    }

    private static io.plimsoll.kernel.Source workloadSource(String name) {
        return new Town()
                .workloads().stream()
                        .filter(workload -> workload.name().equals(name))
                        .findFirst()
                        .orElseThrow()
                        .source();
    }
}
