package io.plimsoll.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.assessment.Assessment;
import io.plimsoll.assessment.AssessmentResult;
import io.plimsoll.audit.control.Audit;
import io.plimsoll.audit.control.ControlCatalogue;
import io.plimsoll.audit.control.Finding;
import io.plimsoll.audit.control.question.Settings;
import io.plimsoll.kernel.ClusterMode;
import io.plimsoll.kernel.EvidenceState;
import io.plimsoll.kernel.Severity;
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
import io.plimsoll.segmentation.Reachability;
import io.plimsoll.segmentation.topology.PeerUnit;
import io.plimsoll.testing.Fixtures;
import io.plimsoll.testing.Golden;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The chart lives by the platform's own rule: it is audited and assessed like anybody's manifests. */
class OwnRuleTest {

    /** A sensor of the run time is the cluster's, not the chart's: one is laid beside, with its rules. */
    private static final Path SENSOR = Path.of("deploy/examples/north/runtime-sensor.yaml");

    /** Which rule of which tool asks what which control asks. */
    private static final Path PEERS =
            Path.of("libs/audit/src/test/resources/io/plimsoll/audit/control/agreement/mapping.tsv");

    /** What manifests can show of the stages, the third whole: who owns it, whether it is restarted, pinned, codified; base and isolation. */
    private static final List<String> SHOWN = List.of(
            "S2.own",
            "S2.controlled",
            "S2.pinned",
            "S2.codified",
            "S3.base-exp",
            "S3.base-app",
            "S3.enforced",
            "S3.deny",
            "S3.iso",
            "S3.runtime",
            "S3.entry",
            "S4.deny",
            "S4.hard",
            "S4.health",
            "S5.in",
            "S5.out",
            "S5.hard");

    private static ClusterState state(String rendered, boolean withSensor) throws IOException {
        ClusterStateBuilder builder = new ClusterStateBuilder("cluster", ClusterMode.MANIFESTS);
        List<String> problems = new ArrayList<>();
        DocumentSink sink = new DocumentSink() {
            @Override
            public void document(Document document) {
                builder.add(document, "", problem -> problems.add(problem.toString()));
            }

            @Override
            public void problem(Problem problem) {
                problems.add(problem.toString());
            }
        };
        ManifestReader reader = new ManifestReader(ManifestLimits.DEFAULTS);
        reader.read("chart.yaml", new ByteArrayInputStream(rendered.getBytes(StandardCharsets.UTF_8)), sink);
        if (withSensor) {
            try (InputStream in = Files.newInputStream(Fixtures.repository().resolve(SENSOR))) {
                reader.read("sensor.yaml", in, sink);
            }
        }
        ClusterState state = builder.build(problem -> problems.add(problem.toString()));
        assertThat(problems).isEmpty();
        return state;
    }

    @ParameterizedTest
    @MethodSource("io.plimsoll.deploy.Chart#everyValuesFile")
    void hasNoFindingOfMediumSeverityOrAbove(Chart.Values values) throws IOException {
        // Given
        ClusterState state = state(values.render(), false);
        List<Finding> answers = new ArrayList<>();
        // When
        new Audit(ControlCatalogue.builtin().controls(), Settings.builtin()).run(state, answers::add);
        // Then: what is asked of a cluster as a whole, once, is not a chart's to answer
        assertThat(answers)
                .filteredOn(each -> each.state() == EvidenceState.FAIL)
                .filteredOn(each -> !each.object().kind().equals("Cluster"))
                .filteredOn(each -> each.control().severity().compareTo(Severity.MEDIUM) <= 0)
                .extracting(each -> each.control().id() + " " + each.object() + ": " + each.message())
                .isEmpty();
        assertThat(answers)
                .filteredOn(each -> each.state() == EvidenceState.PASS)
                .as("it was asked at all")
                .hasSizeGreaterThan(values.chart().equals(Chart.PLIMSOLL) ? 400 : 60);
    }

    /**
     * What is open, both of low severity: the digest is of the images that whoever installs has pushed ({@code services.NAME.digest}), and
     * credentials come by reference into the environment, not as files.
     */
    private static final Set<String> OPEN = Set.of("PLM-IMG-002", "PLM-POD-032");

    /** Controls that ask what a labelled rule of another tool asks, of whatever severity. */
    private static Set<String> askedByPeers() throws IOException {
        Set<String> controls = new TreeSet<>();
        for (String line : Files.readAllLines(Fixtures.repository().resolve(PEERS))) {
            String[] columns = line.split("\t", -1);
            if (!line.startsWith("#") && columns.length > 2 && !columns[0].equals("source")) {
                controls.addAll(List.of(columns[2].split(",")));
            }
        }
        return controls;
    }

    @ParameterizedTest
    @MethodSource("io.plimsoll.deploy.Chart#everyValuesFile")
    void noRuleOfAPeerFindsAnythingButWhatIsOpen(Chart.Values values) throws IOException {
        // Given
        Set<String> asked = askedByPeers();
        assertThat(asked).hasSizeGreaterThan(60);
        List<Finding> answers = new ArrayList<>();
        // When
        new Audit(ControlCatalogue.builtin().controls(), Settings.builtin())
                .run(state(values.render(), false), answers::add);
        // Then
        assertThat(answers)
                .filteredOn(each -> asked.contains(each.control().id()))
                .filteredOn(each -> !each.object().kind().equals("Cluster"))
                .filteredOn(each -> each.state() == EvidenceState.FAIL)
                .filteredOn(each -> !OPEN.contains(each.control().id()))
                .extracting(each -> each.control().id() + " " + each.object() + ": " + each.message())
                .isEmpty();
        assertThat(answers)
                .filteredOn(each -> asked.contains(each.control().id()))
                .filteredOn(each -> each.state() == EvidenceState.PASS)
                .isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("io.plimsoll.deploy.Chart#everyValuesFile")
    void isRestrictedAndIsolatedEverywhere(Chart.Values values) throws IOException {
        // When
        AssessmentResult result = assess(state(values.render(), true));
        // Then
        for (String gate : List.of("S3.base-app", "S4.hard", "S5.hard", "S3.iso", "S5.in", "S5.out")) {
            assertThat(gate(result, gate).state()).as(gate).isEqualTo(EvidenceState.PASS);
            assertThat(gate(result, gate).clauses())
                    .as(gate)
                    .isNotEmpty()
                    .allSatisfy(clause -> assertThat(clause.ratio())
                            .as("%s: %s", gate, clause.counts())
                            .isEqualTo(1.0));
        }
    }

    @Test
    void passesWhatManifestsCanShow() throws IOException {
        // When
        AssessmentResult result = assess(state(Chart.PLIMSOLL.render("own-rule", Map.of()), true));
        // Then
        assertThat(SHOWN)
                .allSatisfy(
                        gate -> assertThat(gate(result, gate).state()).as(gate).isEqualTo(EvidenceState.PASS));
        assertThat(result.organisation().gates())
                .filteredOn(each -> each.gate().stage() <= 3)
                .extracting(each -> each.gate().id() + " " + each.state())
                .as("nothing of the first three stages fails")
                .noneMatch(each -> each.endsWith(EvidenceState.FAIL.name()));
    }

    @Test
    void aRegressionIsSeen() throws IOException {
        // Given
        String rendered = Chart.PLIMSOLL.render("own-rule", Map.of());
        // When
        AssessmentResult open =
                assess(state(Chart.PLIMSOLL.render("own-rule", Map.of("networkPolicies.enabled", false)), true));
        AssessmentResult root = assess(state(rendered.replace("runAsNonRoot: true", "runAsNonRoot: false"), true));
        // Then
        assertThat(gate(open, "S3.iso").state()).isEqualTo(EvidenceState.FAIL);
        assertThat(gate(open, "S3.deny").state()).isEqualTo(EvidenceState.FAIL);
        assertThat(gate(root, "S4.hard").state()).isEqualTo(EvidenceState.FAIL);
    }

    @ParameterizedTest
    @MethodSource("io.plimsoll.deploy.Chart#everyValuesFile")
    void onlyTheDeclaredEdgesAreOpen(Chart.Values values) throws IOException {
        ClusterState state = state(values.render(), false);
        Golden.matches(
                Fixtures.repository().resolve("deploy/src/test/resources/edges/" + values + ".csv"),
                String.join(
                                "\n",
                                Reachability.of(state, PeerUnit.OWNER.of(state))
                                        .csv()
                                        .toList())
                        + "\n");
    }

    private static AssessmentResult assess(ClusterState state) {
        return new Assessment(StageModel.builtin(), AddOnCatalogue.builtin()).assess(List.of(state), null, List.of());
    }

    private static GateResult gate(AssessmentResult result, String id) {
        return result.organisation().gates().stream()
                .filter(each -> each.gate().id().equals(id))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no gate " + id));
    }
}
