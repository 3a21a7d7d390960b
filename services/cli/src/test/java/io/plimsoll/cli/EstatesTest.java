package io.plimsoll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.assessment.Assessment;
import io.plimsoll.assessment.AssessmentResult;
import io.plimsoll.assessment.scope.ScopeAssessment;
import io.plimsoll.cli.input.EstateInput;
import io.plimsoll.kernel.EvidenceState;
import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.ResourceId;
import io.plimsoll.kubernetes.addon.AddOnCatalogue;
import io.plimsoll.maturity.model.StageModel;
import io.plimsoll.testing.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The estates of stage-gates 7: where an expert places them, and the gates that hold them there. */
class EstatesTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "E1, 1, 1, 1, 3, S2.own 0/2 S2.codified 0/2",
        "E2, 2, 2, 2, 3, S3.enforced 0/1 S3.deny 0/1 S3.iso 0/8 S3.runtime 0/1",
        "E3, 3, 3, 3, 3, S4.auto 0/1",
        "E4, 4, 4, 4, 4, S5.auto 2/4 S5.out 1/4 S5.hard 19/44",
        "E5, 5, 5, 4, 5, ''",
        "X1-tool-rich-practice-poor, 1, 1, 2, 3, S2.own 0/3 S2.controlled 28/36 S2.pinned 9/37 S2.admin 20/21 S2.codified 0/3",
        "X2-small-well-kept, 3, 3, 3, 3, S4.auto 0/1 S4.health 0/1"
    })
    void standWhereAnExpertPlacesThem(
            String estate, int placement, int possible, int shown, int adoptionPossible, String held)
            throws IOException {
        ScopeAssessment organisation = assess(states(estate)).organisation();
        assertThat(organisation.placement()).isEqualTo(placement);
        assertThat(organisation.security().high()).isEqualTo(possible);
        assertThat(organisation.security().low()).isEqualTo(1);
        assertThat(organisation.adoption().band().low()).isEqualTo(shown);
        assertThat(organisation.adoption().band().high()).isEqualTo(adoptionPossible);
        List<String> failed = organisation.gates().stream()
                .filter(gate -> gate.state() == EvidenceState.FAIL)
                .map(gate -> gate.gate().id() + " "
                        + gate.clauses().getFirst().counts().pass() + "/"
                        + gate.clauses().getFirst().counts().asked())
                .toList();
        for (String gate : held.isEmpty() ? new String[] {} : held.split("(?<=\\d) ")) {
            assertThat(failed).contains(gate);
        }
    }

    /** Stage-gates 7: what the fifth estate is told though nothing holds it back. */
    @Test
    void theFifthEstateHearsOfItsMeshItsSignaturesAndItsPlainGateways() throws IOException {
        Map<String, Long> findings = assess(states("E5")).findings().stream()
                .collect(Collectors.groupingBy(finding -> finding.control().id(), Collectors.counting()));
        assertThat(findings).containsKeys("mesh-covers", "image-policies-bind", "entry-plain");
        assertThat(findings.get("entry-plain")).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"E1", "E2", "E3", "E4", "E5", "X1-tool-rich-practice-poor", "X2-small-well-kept"})
    void removingACompanionKindNeverRaisesWhatIsPossible(String estate) throws IOException {
        List<ClusterState> states = states(estate);
        int before = assess(states).organisation().security().high();
        for (String kind : List.of(
                "NetworkPolicy",
                "Namespace",
                "ResourceQuota",
                "Application",
                "ConfigMap",
                "ValidatingAdmissionPolicy",
                "ValidatingAdmissionPolicyBinding",
                "ConstraintTemplate",
                "DaemonSet")) {
            List<ClusterState> without =
                    without(states, resource -> resource.kind().equals(kind));
            assertThat(assess(without).organisation().security().high())
                    .as("%s without %s", estate, kind)
                    .isLessThanOrEqualTo(before);
        }
    }

    @ParameterizedTest
    @CsvSource({"NetworkPolicy, 2", "DaemonSet, 2", "Ingress, 3"})
    void theThirdEstateFallsWhereItsEvidenceGoes(String kind, int possible) throws IOException {
        List<ClusterState> without =
                without(states("E3"), resource -> resource.kind().equals(kind));
        assertThat(assess(without).organisation().security().high()).isEqualTo(possible);
    }

    @ParameterizedTest
    @CsvSource({"E4, 3", "E5, 3"})
    void anEstateWithoutItsPoliciesFallsToTheThirdStage(String estate, int possible) throws IOException {
        List<ClusterState> without = without(
                states(estate),
                resource -> resource.kind().startsWith("ValidatingAdmissionPolicy")
                        || resource.kind().startsWith("ClusterPolicy")
                        || resource.kind().startsWith("ClusterImagePolicy")
                        || resource.group().endsWith("gatekeeper.sh"));
        AssessmentResult result = assess(without);
        assertThat(result.organisation().security().high()).isEqualTo(possible);
        assertThat(result.organisation().gates()).anySatisfy(gate -> {
            assertThat(gate.gate().id()).isEqualTo("S4.rails");
            assertThat(gate.state()).isEqualTo(EvidenceState.FAIL);
        });
    }

    /** Libraries, labels, quotas, allow-all policies and GitOps objects are presence, not effect. */
    @Test
    void toolsWithoutPracticeStayLowWhateverIsAdded() throws IOException {
        List<ClusterState> library = states("E4");
        String more = """
                apiVersion: v1
                kind: Namespace
                metadata: {name: default, labels: {team: payments, env: prod}}
                ---
                apiVersion: v1
                kind: ResourceQuota
                metadata: {name: quota, namespace: default}
                spec: {hard: {pods: "100"}}
                ---
                apiVersion: networking.k8s.io/v1
                kind: NetworkPolicy
                metadata: {name: deny, namespace: default}
                spec: {podSelector: {}, policyTypes: [Ingress, Egress]}
                ---
                apiVersion: networking.k8s.io/v1
                kind: NetworkPolicy
                metadata: {name: allow, namespace: default}
                spec: {podSelector: {}, policyTypes: [Ingress, Egress], ingress: [{}], egress: [{}]}
                ---
                apiVersion: argoproj.io/v1alpha1
                kind: Application
                metadata: {name: everything, namespace: argocd}
                spec:
                  destination: {server: "https://kubernetes.default.svc", namespace: default}
                  syncPolicy: {automated: {selfHeal: true, prune: true}}
                """;
        ClusterState trap = states("X1-tool-rich-practice-poor").getFirst();
        List<Resource> resources = new ArrayList<>(trap.resources());
        library.getFirst().resources().stream()
                .filter(resource -> resource.group().endsWith("gatekeeper.sh"))
                .filter(resource -> resources.stream()
                        .noneMatch(own -> own.id().kind().equals(resource.kind())
                                && own.name().equals(resource.name())))
                .forEach(resources::add);
        EstateInput input = new EstateInput();
        input.addPaths(
                List.of(Files.writeString(folder.resolve("more.yaml"), more).toString()));
        resources.addAll(input.states().getFirst().resources());
        ClusterState dressed = new ClusterState(trap.name(), trap.mode(), resources);
        assertThat(assess(List.of(dressed)).organisation().security().high()).isEqualTo(1);
    }

    /**
     * A namespace's name proves nothing: bad pods that move in beside a mesh stay counted. The one harmless pod among them may
     * pass for a platform part, and does so only where half of its neighbours are catalogued.
     */
    @Test
    void badPodsMovedIntoAPlatformNamespaceStayCounted() throws IOException {
        ClusterState trap = states("X1-tool-rich-practice-poor").getFirst();
        List<Resource> moved = trap.resources().stream()
                .map(resource -> resource.kind().equals("Pod")
                                && resource.name().contains("exec-pod")
                        ? new Resource(
                                new ResourceId(resource.id().cluster(), "", "Pod", "istio-system", resource.name()),
                                resource.version(),
                                resource.body(),
                                resource.source(),
                                resource.variants())
                        : resource)
                .toList();
        int bare = bareOf(assess(List.of(trap)));
        assertThat(bareOf(assess(List.of(new ClusterState(trap.name(), trap.mode(), moved)))))
                .isBetween(bare - 1, bare);
    }

    private static int bareOf(AssessmentResult result) {
        return result.organisation().gates().stream()
                .filter(gate -> gate.gate().id().equals("S2.controlled"))
                .findFirst()
                .orElseThrow()
                .clauses()
                .getFirst()
                .counts()
                .fail();
    }

    private AssessmentResult assess(List<ClusterState> states) {
        return new Assessment(StageModel.builtin(), AddOnCatalogue.builtin()).assess(states, null, List.of());
    }

    private static List<ClusterState> without(List<ClusterState> states, Predicate<Resource> gone) {
        return states.stream()
                .map(state -> new ClusterState(
                        state.name(),
                        state.mode(),
                        state.resources().stream().filter(gone.negate()).toList()))
                .toList();
    }

    private List<ClusterState> states(String estate) throws IOException {
        Path manifests = Fixtures.folder("manifests").orElse(null);
        Assumptions.assumeTrue(manifests != null, "shared cases are not here");
        Map<String, String> clusters = new LinkedHashMap<>();
        List<String> rows = Files.readAllLines(manifests.resolve("estates/" + estate + "/files.tsv"));
        for (String row : rows.subList(1, rows.size())) {
            String[] cells = row.split("\t", -1);
            String source = "  - path: " + manifests.resolve(cells[2]).toAbsolutePath()
                    + (cells[1].isEmpty() ? "" : "\n    namespace: " + cells[1]);
            clusters.merge(cells[0], source, (a, b) -> a + "\n" + b);
        }
        String text = clusters.entrySet().stream()
                .map(cluster -> "- name: " + cluster.getKey() + "\n  sources:\n" + cluster.getValue())
                .collect(Collectors.joining("\n", "clusters:\n", "\n"));
        Path file = Files.writeString(folder.resolve("estate.yaml"), text);
        EstateInput input = new EstateInput();
        input.addEstate(file);
        return input.states();
    }
}
