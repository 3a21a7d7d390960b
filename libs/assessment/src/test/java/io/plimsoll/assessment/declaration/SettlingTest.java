package io.plimsoll.assessment.declaration;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.assessment.Assessment;
import io.plimsoll.assessment.AssessmentResult;
import io.plimsoll.assessment.Coverage;
import io.plimsoll.assessment.CoverageLost;
import io.plimsoll.kernel.ClusterMode;
import io.plimsoll.kernel.EvidenceState;
import io.plimsoll.kernel.Reason;
import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.addon.AddOnCatalogue;
import io.plimsoll.kubernetes.manifest.ClusterStateBuilder;
import io.plimsoll.kubernetes.manifest.Document;
import io.plimsoll.kubernetes.manifest.DocumentSink;
import io.plimsoll.kubernetes.manifest.ManifestLimits;
import io.plimsoll.kubernetes.manifest.ManifestReader;
import io.plimsoll.kubernetes.manifest.Problem;
import io.plimsoll.maturity.gate.GateResult;
import io.plimsoll.maturity.model.StageModel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SettlingTest {

    private static final Instant MIDSUMMER = Instant.parse("2026-06-30T00:00:00Z");
    private static final String SHOP = """
            apiVersion: v1
            kind: Namespace
            metadata: {name: shop}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: cart, namespace: shop}
            spec: {template: {spec: {containers: [{name: main, image: "registry.example.com/shop/cart:latest"}]}}}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: catalogue, namespace: shop}
            spec: {template: {spec: {containers: [{name: main, image: "registry.example.com/shop/catalogue:1"}]}}}
            """;

    private static AssessmentResult assess(String facts, @Nullable Instant asOf) throws IOException {
        return assess(SHOP, facts, asOf);
    }

    private static AssessmentResult assess(String manifests, String facts, @Nullable Instant asOf) throws IOException {
        ClusterStateBuilder builder = new ClusterStateBuilder("prod", ClusterMode.MANIFESTS);
        new ManifestReader(ManifestLimits.DEFAULTS).read("shop.yaml", in(manifests), new DocumentSink() {
            @Override
            public void document(Document document) {
                builder.add(document, "", problem -> {});
            }

            @Override
            public void problem(Problem problem) {
                throw new AssertionError(problem.toString());
            }
        });
        ClusterState state = builder.build(problem -> {});
        return new Assessment(StageModel.builtin(), AddOnCatalogue.builtin())
                .assess(
                        List.of(state),
                        DeclarationsReader.read("facts.yaml", in("format: plimsoll.declarations/v1\n" + facts)),
                        asOf,
                        List.of());
    }

    private static ByteArrayInputStream in(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String attestation(String control, String scope, String more) {
        return "attestations:\n- {id: a-1, control: " + control + ", scope: " + scope
                + ", statement: so it is, author: someone, issued: 2026-01-01, expires: 2026-12-31" + more + "}\n";
    }

    private static GateResult gate(AssessmentResult result, String id) {
        return gate(result, "organisation", id);
    }

    private static GateResult gate(AssessmentResult result, String scope, String id) {
        return result.scopes().stream()
                .filter(each -> each.id().equals(scope))
                .flatMap(each -> each.gates().stream())
                .filter(each -> each.gate().id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> said(AssessmentResult result) {
        return result.coverage().stream()
                .filter(each -> each.kind().equals("declaration"))
                .map(Coverage::text)
                .toList();
    }

    @Test
    void anAttestationHoldsWhatNoFileShows() throws IOException {
        AssessmentResult result = assess(attestation("image-scanned", "{organisation: true}", ""), MIDSUMMER);
        assertThat(gate(result, "S2.scan").state()).isEqualTo(EvidenceState.WAIVED);
        assertThat(gate(result, "S2.scan").held()).isTrue();
        assertThat(gate(result, "namespace/prod/shop", "S2.scan").held()).isTrue();
        assertThat(said(result)).isEmpty();
    }

    @Test
    void beyondItsScopeItSaysNothing() throws IOException {
        AssessmentResult result =
                assess(attestation("image-scanned", "{cluster: prod, namespace: other}", ""), MIDSUMMER);
        assertThat(gate(result, "S2.scan").state()).isEqualTo(EvidenceState.UNKNOWN);
        assertThat(said(result)).containsExactly("attestation a-1 covers nothing that is asked image-scanned");
    }

    @Test
    void aCompanionThatIsAbsentCanBeAttestedAndOneThatIsWrongCannot() throws IOException {
        String attested = attestation("namespace-owned", "{cluster: prod}", "");
        assertThat(gate(assess(attested, MIDSUMMER), "S2.own").state()).isEqualTo(EvidenceState.WAIVED);
        String allowsAll = SHOP + """
                ---
                apiVersion: networking.k8s.io/v1
                kind: NetworkPolicy
                metadata: {name: all, namespace: shop}
                spec: {podSelector: {}, policyTypes: [Ingress], ingress: [{}]}
                """;
        String isolated = attestation("ingress-isolated", "{cluster: prod}", "");
        assertThat(gate(assess(allowsAll, isolated, MIDSUMMER), "S5.in").state())
                .isEqualTo(EvidenceState.FAIL);
    }

    @Test
    void whatAFieldShowsIsNeverAttested() throws IOException {
        AssessmentResult result = assess(attestation("image-pinned", "{organisation: true}", ""), MIDSUMMER);
        assertThat(gate(result, "S2.pinned").state()).isEqualTo(EvidenceState.FAIL);
        assertThat(said(result))
                .containsExactly("attestation a-1 answers image-pinned, which is measured: it settles nothing");
    }

    @Test
    void withoutAClockItStaysUnknownAndAfterItsEndToo() throws IOException {
        String facts = attestation("image-scanned", "{organisation: true}", "");
        assertThat(gate(assess(facts, null), "S2.scan").reason()).isEqualTo(Reason.NO_CLOCK);
        AssessmentResult later = assess(facts, Instant.parse("2027-01-01T00:00:00Z"));
        assertThat(gate(later, "S2.scan").reason()).isEqualTo(Reason.DECLARATION_EXPIRED);
        assertThat(said(later)).containsExactly("attestation a-1 ended at 2027-01-01T00:00:00Z");
    }

    /** Which half it is nobody said: only the scope it was stated for can count it. */
    @Test
    void aShareCountsAgainstTheThresholdOfItsOwnScopeOnly() throws IOException {
        AssessmentResult enough =
                assess(attestation("image-traceable", "{organisation: true}", ", ratio: 0.8"), MIDSUMMER);
        assertThat(gate(enough, "S3.trace").state()).isEqualTo(EvidenceState.WAIVED);
        assertThat(gate(enough, "namespace/prod/shop", "S3.trace").state()).isEqualTo(EvidenceState.UNKNOWN);
        AssessmentResult little =
                assess(attestation("image-traceable", "{organisation: true}", ", ratio: 0.79"), MIDSUMMER);
        assertThat(gate(little, "S3.trace").state()).isEqualTo(EvidenceState.UNKNOWN);
        AssessmentResult mandates =
                assess(attestation("mandates-evidenced", "{organisation: true}", ", ratio: 0.9"), MIDSUMMER);
        assertThat(gate(mandates, "S4.comply").state()).isEqualTo(EvidenceState.WAIVED);
    }

    @Test
    void aWaivedSubjectStaysInTheDenominatorAndItsFindingIsShown() throws IOException {
        String waiver =
                "waivers:\n- {id: w-1, control: image-pinned, selector: {namespace: shop, name: c*}, reason: moves,"
                        + " requestedBy: a, approvedBy: b, expires: 2026-12-31}\n";
        AssessmentResult result = assess(waiver, MIDSUMMER);
        GateResult pinned = gate(result, "S2.pinned");
        assertThat(pinned.state()).isEqualTo(EvidenceState.WAIVED);
        assertThat(pinned.clauses().getFirst().counts().asked()).isEqualTo(2);
        assertThat(pinned.clauses().getFirst().counts().waived()).isEqualTo(1);
        assertThat(result.findings().getLast().evidence().state()).isEqualTo(EvidenceState.WAIVED);
        assertThat(gate(assess(waiver, null), "S2.pinned").state()).isEqualTo(EvidenceState.FAIL);
        AssessmentResult later = assess(waiver, Instant.parse("2027-01-01T00:00:00Z"));
        assertThat(gate(later, "S2.pinned").state()).isEqualTo(EvidenceState.FAIL);
        assertThat(said(later)).containsExactly("waiver w-1 ended at 2027-01-01T00:00:00Z");
    }

    @Test
    void aWaiverThatCoversNothingIsSaid() throws IOException {
        AssessmentResult result = assess(
                "waivers:\n- {id: w-1, control: image-pinned, selector: {name: catalogue}, reason: moves,"
                        + " requestedBy: a, approvedBy: b, expires: 2026-12-31}\n",
                MIDSUMMER);
        assertThat(said(result)).containsExactly("waiver w-1 covers nothing that fails: it can be withdrawn");
    }

    @Test
    void anApprovedPrivateRegistryIsAttestedAndOthersAreFindings() throws IOException {
        String approved = "registries: {approved: [{prefix: registry.example.com/%s, private: %s, author: a,"
                + " issued: 2026-01-01, expires: 2026-12-31}]}\n";
        assertThat(gate(assess(approved.formatted("shop", "true"), MIDSUMMER), "S2.registry")
                        .state())
                .isEqualTo(EvidenceState.WAIVED);
        assertThat(gate(assess(approved.formatted("shop", "false"), MIDSUMMER), "S2.registry")
                        .state())
                .isEqualTo(EvidenceState.UNKNOWN);
        // A prefix ends at a path boundary.
        AssessmentResult other = assess(approved.formatted("sho", "true"), MIDSUMMER);
        assertThat(gate(other, "S2.registry").state()).isEqualTo(EvidenceState.UNKNOWN);
        assertThat(other.findings())
                .filteredOn(finding -> finding.control().id().equals("image-declared-registry-rule"))
                .hasSize(2);
    }

    @Test
    void anAcknowledgementCountsForNinetyDays() throws IOException {
        String framework =
                "frameworks: [{id: cis, title: CIS, owner: a, acknowledgedBy: b, acknowledged: 2026-04-01}]\n";
        assertThat(gate(assess(framework, MIDSUMMER), "S3.std").state()).isEqualTo(EvidenceState.PASS);
        assertThat(gate(assess(framework, Instant.parse("2026-07-02T00:00:00Z")), "S3.std")
                        .reason())
                .isEqualTo(Reason.DECLARATION_EXPIRED);
        assertThat(gate(assess(framework, null), "S3.std").reason()).isEqualTo(Reason.NO_CLOCK);
        assertThat(gate(assess("frameworks: [{id: cis, title: CIS, owner: a}]\n", MIDSUMMER), "S3.std")
                        .state())
                .isEqualTo(EvidenceState.UNKNOWN);
    }

    @Test
    void declarationsRaiseAdoptionAndNeverLowerIt() throws IOException {
        int before = assess("", MIDSUMMER).organisation().adoption().band().high();
        String development = "applications: [{name: shop, cluster: prod, namespace: shop, lifecycle: development}]\n";
        assertThat(assess(development, MIDSUMMER)
                        .organisation()
                        .adoption()
                        .band()
                        .high())
                .isGreaterThanOrEqualTo(before);
        String all = "adoption: {newDevelopmentInContainers: {ratio: 0.9, author: a, issued: 2026-01-01,"
                + " expires: 2026-12-31}}\n";
        assertThat(assess(all, MIDSUMMER).organisation().adoption().band().low())
                .isEqualTo(5);
        assertThat(assess(all, null).organisation().adoption().band().low()).isEqualTo(1);
        assertThat(assess(all, null).organisation().adoption().band().high()).isEqualTo(5);
    }

    @Test
    void aDeclaredTeamOwnsItsNamespace() throws IOException {
        AssessmentResult result =
                assess("teams: [{name: shop, namespaces: [{cluster: prod, namespace: shop}]}]\n", MIDSUMMER);
        assertThat(gate(result, "S2.own").state()).isEqualTo(EvidenceState.PASS);
        assertThat(gate(result, "team/shop", "S2.own").held()).isTrue();
    }

    /** Deleting the bad binding's kind mends nothing: what had failed and is unknown now is said. */
    @Test
    void whatHadFailedAndIsUnknownNowIsCoverageLost() throws IOException {
        String binding = SHOP + """
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: ClusterRoleBinding
                metadata: {name: all}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin}
                subjects: [{kind: Group, name: "system:unauthenticated"}]
                """;
        AssessmentResult before = assess(binding, "", null);
        assertThat(gate(before, "S2.admin").state()).isEqualTo(EvidenceState.FAIL);
        AssessmentResult after = assess("", null);
        assertThat(gate(after, "S2.admin").state()).isEqualTo(EvidenceState.UNKNOWN);
        assertThat(after.coverage())
                .anyMatch(each -> each.kind().equals("not-seen") && each.text().startsWith("S2.admin"));
        assertThat(CoverageLost.since(
                        Map.of("organisation", Map.of("S2.admin", "FAIL", "S2.own", "FAIL")), after.scopes()))
                .extracting(Coverage::text)
                .containsExactly("organisation S2.admin had failed; now it is unknown (empty-population)");
    }
}
