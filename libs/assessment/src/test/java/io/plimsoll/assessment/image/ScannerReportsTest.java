package io.plimsoll.assessment.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.assessment.Assessment;
import io.plimsoll.assessment.Manifests;
import io.plimsoll.assessment.scope.ScopeAssessment;
import io.plimsoll.kernel.Evidence;
import io.plimsoll.kubernetes.addon.AddOnCatalogue;
import io.plimsoll.kubernetes.inventory.Inventory;
import io.plimsoll.maturity.model.StageModel;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Reports that other scanners left in the cluster. */
class ScannerReportsTest {

    private static final Instant MIDSUMMER = Instant.parse("2026-06-30T00:00:00Z");
    private static final String SHOP = """
            apiVersion: v1
            kind: Namespace
            metadata: {name: shop}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: cart, namespace: shop}
            spec: {template: {spec: {containers: [{name: main, image: "registry.example.com/shop/cart:1"}]}}}
            """;

    /** A report of trivy-operator, of the Deployment's ReplicaSet, as it writes them. */
    private static String report(String name, String replicaSet, String when, String vulnerabilities) {
        return """
                ---
                apiVersion: aquasecurity.github.io/v1alpha1
                kind: VulnerabilityReport
                metadata:
                  name: %s
                  namespace: shop
                  labels:
                    trivy-operator.resource.kind: ReplicaSet
                    trivy-operator.resource.name: %s
                    trivy-operator.resource.namespace: shop
                    trivy-operator.container.name: main
                report:
                  updateTimestamp: "%s"
                  artifact: {repository: shop/cart, tag: "1", digest: "sha256:00"}
                  os: {family: debian, name: "12"}
                  vulnerabilities: %s
                """.formatted(name, replicaSet, when, vulnerabilities);
    }

    private static Map<String, String> states(String manifests, @Nullable Instant asOf) {
        Inventory inventory = Inventory.of(Manifests.of(manifests), AddOnCatalogue.builtin(), workload -> false);
        return DatedEvidence.judged(ScannerReports.evidence(inventory), asOf).stream()
                .collect(Collectors.toMap(
                        Evidence::control, each -> each.subject().name() + " " + each.state()));
    }

    @Test
    void aFreshReportShowsThatAnImageWasScannedAndAnOldOneThatItWasNot() {
        String manifests = SHOP + report("r", "cart-6d4cf56db6", "2026-06-26T00:00:00Z", "[]");
        assertThat(states(manifests, MIDSUMMER))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("image-scanned", "cart PASS", "image-criticals-blocked", "cart PASS"));
        assertThat(states(manifests, MIDSUMMER.plusSeconds(30L * 86_400))).containsEntry("image-scanned", "cart FAIL");
        assertThat(states(manifests, null)).containsEntry("image-scanned", "cart UNKNOWN");
    }

    @Test
    void theNewestReportOfAContainerCounts() {
        String critical = "[{vulnerabilityID: CVE-2021-44228, severity: CRITICAL, fixedVersion: 2.15.0,"
                + " publishedDate: \"2021-12-10T10:15:09Z\"}]";
        assertThat(states(
                        SHOP
                                + report("a", "cart-6d4cf56db6", "2026-06-29T00:00:00Z", "[]")
                                + report("b", "cart-7b9fd8c5d4", "2026-06-20T00:00:00Z", critical),
                        MIDSUMMER))
                .containsEntry("image-criticals-blocked", "cart PASS");
    }

    @Test
    void aCriticalWeaknessCountsFromItsPublicationAndOnlyWithAFix() {
        String fixed = "[{vulnerabilityID: CVE-2021-44228, severity: CRITICAL, fixedVersion: 2.15.0,"
                + " publishedDate: \"2021-12-10T10:15:09Z\"}]";
        String unfixed = "[{vulnerabilityID: CVE-2021-1, severity: CRITICAL, fixedVersion: \"\"}]";
        assertThat(states(SHOP + report("r", "cart-6d4cf56db6", "2026-06-29T00:00:00Z", fixed), MIDSUMMER))
                .containsEntry("image-criticals-blocked", "cart FAIL");
        assertThat(states(SHOP + report("r", "cart-6d4cf56db6", "2026-06-29T00:00:00Z", unfixed), MIDSUMMER))
                .containsEntry("image-criticals-blocked", "cart PASS");
    }

    @Test
    void reportsThatNameNoWorkloadOrNoTimeSayNothing() {
        assertThat(states(SHOP + report("r", "other-6d4cf56db6", "2026-06-29T00:00:00Z", "[]"), MIDSUMMER))
                .isEmpty();
        assertThat(states(SHOP + report("r", "cart-6d4cf56db6", "yesterday", "[]"), MIDSUMMER))
                .isEmpty();
        assertThat(states(
                        SHOP
                                + report("r", "cart-6d4cf56db6", "2026-06-29T00:00:00Z", "[]")
                                        .replace("labels:", "x:"),
                        MIDSUMMER))
                .isEmpty();
    }

    @Test
    void aSummaryOfKubescapeShowsThatAnImageWasScanned() {
        assertThat(states(SHOP + """
                                ---
                                apiVersion: spdx.softwarecomposition.kubescape.io/v1beta1
                                kind: VulnerabilityManifestSummary
                                metadata:
                                  name: deployment-cart-main
                                  namespace: kubescape
                                  creationTimestamp: "2026-06-28T00:00:00Z"
                                  labels:
                                    kubescape.io/workload-kind: Deployment
                                    kubescape.io/workload-name: cart
                                    kubescape.io/workload-namespace: shop
                                    kubescape.io/workload-container-name: main
                                spec: {severities: {critical: {all: 0}}}
                                """, MIDSUMMER)).containsExactlyEntriesOf(Map.of("image-scanned", "cart PASS"));
    }

    @Test
    void theGateOfScansIsHeldByReports() {
        String manifests = SHOP + report("r", "cart-6d4cf56db6", "2026-06-26T00:00:00Z", "[]");
        ScopeAssessment organisation = new Assessment(StageModel.builtin(), AddOnCatalogue.builtin())
                .assess(List.of(Manifests.of(manifests)), MIDSUMMER, List.of())
                .organisation();
        assertThat(organisation.gates())
                .filteredOn(gate -> gate.gate().id().equals("S2.scan"))
                .extracting(gate -> gate.state().name())
                .containsExactly("PASS");
    }
}
