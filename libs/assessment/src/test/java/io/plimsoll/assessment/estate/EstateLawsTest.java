package io.plimsoll.assessment.estate;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.assessment.Assessment;
import io.plimsoll.assessment.AssessmentResult;
import io.plimsoll.assessment.Finding;
import io.plimsoll.kernel.Band;
import io.plimsoll.kernel.EvidenceClass;
import io.plimsoll.kernel.EvidenceState;
import io.plimsoll.kernel.Reason;
import io.plimsoll.kernel.SubjectId;
import io.plimsoll.kernel.SubjectKind;
import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.manifest.Document;
import io.plimsoll.kubernetes.value.Canonical;
import io.plimsoll.kubernetes.value.Value;
import io.plimsoll.maturity.gate.ClauseResult;
import io.plimsoll.maturity.gate.GateResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds of every estate: taking away evidence earns nothing, and the form of the input changes nothing. */
class EstateLawsTest {

    /** Kinds that must exist for a gate to be held (stage-gates 2, class C). */
    private static final List<String> COMPANIONS = List.of(
            "Namespace",
            "NetworkPolicy",
            "DaemonSet",
            "ConfigMap",
            "Application",
            "ValidatingAdmissionPolicy",
            "ValidatingAdmissionPolicyBinding");

    static Stream<StagedEstate> estates() {
        return Stream.concat(
                IntStream.rangeClosed(2, 5).mapToObj(StagedEstate::of),
                Mutant.ALL.stream()
                        .filter(mutant -> mutant.gate().evidenceClass() == EvidenceClass.COMPANION)
                        .map(Mutant::estate));
    }

    @ParameterizedTest
    @MethodSource("estates")
    void removingACompanionKindRaisesNothing(StagedEstate estate) {
        List<ClusterState> states = estate.states();
        Band before = estate.assess(states).organisation().security();
        for (String kind : COMPANIONS) {
            List<ClusterState> without =
                    without(states, resource -> resource.kind().equals(kind));
            if (without.equals(states)) {
                continue;
            }
            Band after = estate.assess(without).organisation().security();
            assertThat(after.low()).as("proven without %s", kind).isLessThanOrEqualTo(before.low());
            assertThat(after.high()).as("possible without %s", kind).isLessThanOrEqualTo(before.high());
        }
    }

    /** In an estate that no object offends in: what offends may go, and mends something. */
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4})
    void removingAnObjectMendsNothingThatRemains(int stage) {
        StagedEstate estate = StagedEstate.of(stage);
        List<ClusterState> states = estate.states();
        AssessmentResult before = estate.assess(states);
        for (Resource gone : states.getFirst().resources()) {
            AssessmentResult after = estate.assess(without(states, gone::equals));
            assertThat(keys(after))
                    .as("without %s", gone.id())
                    .containsAll(before.findings().stream()
                            .filter(finding -> !isAbout(finding.evidence().subject(), gone))
                            .map(EstateLawsTest::key)
                            .toList());
        }
    }

    /** The object itself; what leads to it or is part of it goes with it. */
    private static boolean isAbout(SubjectId subject, Resource resource) {
        return subject.namespace().equals(resource.namespace())
                && subject.object().equals(resource.kind())
                && subject.name().equals(resource.name())
                && subject.kind() != SubjectKind.NAMESPACE;
    }

    private static List<String> keys(AssessmentResult result) {
        return result.findings().stream().map(EstateLawsTest::key).toList();
    }

    private static String key(Finding finding) {
        return finding.evidence().control() + " " + finding.evidence().subject();
    }

    static Stream<Mutant> declaredTwice() {
        return Mutant.ALL.stream().filter(Mutant::canDeclareTwice);
    }

    /** Of an identity declared twice the weaker version decides (stage-gates 3); labels of namespaces are united instead. */
    @ParameterizedTest
    @MethodSource("declaredTwice")
    void aSoundDeclarationBesideAWeakOneMendsNothing(Mutant mutant) {
        assertThat(state(mutant.declaredTwice(), mutant.gate().id())).isEqualTo(mutant.state());
    }

    static Stream<Mutant> exposed() {
        return Mutant.ALL.stream()
                .filter(mutant -> Set.of("S3.base-exp", "S3.entry", "S4.health")
                        .contains(mutant.gate().id()));
    }

    /** What is exposed is counted by itself, so harmless pods beside it change nothing. */
    @ParameterizedTest
    @MethodSource("exposed")
    void harmlessPodsDoNotDiluteWhatIsExposed(Mutant mutant) {
        StagedEstate estate = mutant.estate();
        Value harmless = StagedEstate.of(2).clusters().get("north").stream()
                .map(Document::body)
                .filter(body -> body.at("metadata").text("name").equals("search")
                        && body.text("kind").equals("Deployment"))
                .findFirst()
                .orElseThrow();
        for (int i = 0; i < 40; i++) {
            Value copy =
                    Change.put(harmless, List.of("metadata", "name"), new Value.Text("search-" + i, harmless.line()));
            estate = new Change.Add(List.of("north"), copy).in(estate);
        }
        assertThat(state(estate, mutant.gate().id())).isEqualTo(mutant.state());
    }

    static Stream<Mutant> failing() {
        return Mutant.ALL.stream().filter(mutant -> mutant.state() == EvidenceState.FAIL);
    }

    /** Only what is absent from the input may be attested instead; what is seen and measured stands (stage-gates 2). */
    @ParameterizedTest
    @MethodSource("failing")
    void anAttestationStandsInForWhatIsAbsentAlone(Mutant mutant) {
        StagedEstate estate = mutant.estate();
        List<ClauseResult> failed = gate(estate, mutant.gate().id()).clauses().stream()
                .filter(clause -> clause.state() == EvidenceState.FAIL)
                .toList();
        for (ClauseResult clause : failed) {
            estate = new Change.Declare(
                            "attestations", attestation(clause.clause().control()))
                    .in(estate);
        }
        boolean absent = failed.stream()
                .allMatch(clause ->
                        isCompanion(clause.clause().control()) && clause.reason() == Reason.ABSENT_FROM_INPUT);
        assertThat(state(estate, mutant.gate().id())).isEqualTo(absent ? EvidenceState.WAIVED : EvidenceState.FAIL);
    }

    private static boolean isCompanion(String control) {
        return Assessment.controls().get(control).evidenceClass() == EvidenceClass.COMPANION;
    }

    private static Value attestation(String control) {
        return StagedEstate.read("attestation.yaml", """
                id: %s-holds
                control: %s
                scope: {organisation: true}
                statement: It holds.
                author: platform@harbour.example
                issued: 2026-06-01
                expires: 2026-12-31
                """.formatted(control, control))
                .getFirst()
                .body();
    }

    private static EvidenceState state(StagedEstate estate, String gate) {
        return gate(estate, gate).state();
    }

    private static GateResult gate(StagedEstate estate, String gate) {
        return estate.assess().organisation().gates().stream()
                .filter(each -> each.gate().id().equals(gate))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5})
    void theOrderOfDocumentsChangesNothing(int stage) {
        StagedEstate estate = StagedEstate.of(stage);
        AssessmentResult expected = estate.assess();
        for (int seed = 0; seed < 3; seed++) {
            Random random = new Random(seed);
            same(expected, reformed(estate, documents -> {
                List<Document> shuffled = new ArrayList<>(documents);
                Collections.shuffle(shuffled, random);
                return shuffled;
            }));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5})
    void oneFileForEachDocumentChangesNothing(int stage) {
        StagedEstate estate = StagedEstate.of(stage);
        Map<String, List<Document>> clusters = new LinkedHashMap<>();
        StagedEstate.files(stage).forEach((cluster, files) -> {
            List<Document> documents = new ArrayList<>();
            for (Path file : files) {
                for (String text : StagedEstate.text(file).split("(?m)^---$")) {
                    documents.addAll(StagedEstate.read("part-" + documents.size() + ".yaml", text));
                }
            }
            clusters.put(cluster, documents);
        });
        assertThat(clusters).hasSameSizeAs(estate.clusters());
        same(estate.assess(), estate.with(clusters).assess());
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5})
    void theSameAsJsonChangesNothing(int stage) {
        StagedEstate estate = StagedEstate.of(stage);
        same(
                estate.assess(),
                reformed(
                        estate,
                        documents -> documents.stream()
                                .flatMap(document ->
                                        StagedEstate.read("object.json", Canonical.text(document.body())).stream())
                                .toList()));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5})
    void theSameInOneListChangesNothing(int stage) {
        StagedEstate estate = StagedEstate.of(stage);
        same(estate.assess(), reformed(estate, documents -> {
            String items = documents.stream()
                    .map(Document::body)
                    .map(Canonical::text)
                    .collect(Collectors.joining(",\n", "[", "]"));
            return StagedEstate.read(
                    "list.json", "{\"apiVersion\": \"v1\", \"kind\": \"List\", \"items\": " + items + "}");
        }));
    }

    private static AssessmentResult reformed(StagedEstate estate, Function<List<Document>, List<Document>> change) {
        Map<String, List<Document>> clusters = new LinkedHashMap<>();
        estate.clusters().forEach((name, documents) -> clusters.put(name, change.apply(documents)));
        return estate.with(clusters).assess();
    }

    /** Positions aside. */
    private static void same(AssessmentResult expected, AssessmentResult actual) {
        assertThat(actual.snapshot()).isEqualTo(expected.snapshot());
        assertThat(actual.scopes()).isEqualTo(expected.scopes());
        assertThat(placeless(actual)).isEqualTo(placeless(expected));
    }

    private static List<List<Object>> placeless(AssessmentResult result) {
        return result.findings().stream()
                .map(Finding::evidence)
                .map(each -> List.<Object>of(
                        each.control(),
                        each.subject(),
                        each.state(),
                        String.valueOf(each.reason()),
                        each.path(),
                        each.value(),
                        each.message()))
                .toList();
    }

    private static List<ClusterState> without(List<ClusterState> states, Predicate<Resource> gone) {
        return states.stream()
                .map(state -> new ClusterState(
                        state.name(),
                        state.mode(),
                        state.resources().stream().filter(gone.negate()).toList()))
                .toList();
    }
}
