package io.plimsoll.gateway.answer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.api.stages.v1.StageRecord;
import io.plimsoll.assessment.Assessment;
import io.plimsoll.assessment.AssessmentResult;
import io.plimsoll.assessment.Finding;
import io.plimsoll.assessment.scope.ScopeAssessment;
import io.plimsoll.kernel.ClusterMode;
import io.plimsoll.kernel.Source;
import io.plimsoll.kernel.Subject;
import io.plimsoll.kubernetes.addon.AddOnCatalogue;
import io.plimsoll.kubernetes.manifest.ClusterStateBuilder;
import io.plimsoll.kubernetes.manifest.Document;
import io.plimsoll.kubernetes.manifest.DocumentSink;
import io.plimsoll.kubernetes.manifest.ManifestLimits;
import io.plimsoll.kubernetes.manifest.ManifestReader;
import io.plimsoll.kubernetes.manifest.Problem;
import io.plimsoll.maturity.gate.GateResult;
import io.plimsoll.maturity.model.StageModel;
import io.plimsoll.report.JsonElements;
import io.plimsoll.testing.Fixtures;
import io.plimsoll.wire.FindingsCodec;
import io.plimsoll.wire.ScopeStage;
import io.plimsoll.wire.StagesCodec;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What has crossed the wire is written as the report writes what has not. */
@SuppressWarnings("NullAway.Init")
class SameBytesTest {

    private static AssessmentResult result;

    @BeforeAll
    static void assess() throws IOException {
        Path folder = Fixtures.repository().resolve("deploy/examples");
        ClusterStateBuilder cluster = new ClusterStateBuilder("examples", ClusterMode.MANIFESTS);
        DocumentSink sink = new DocumentSink() {
            @Override
            public void document(Document document) {
                cluster.add(document, "", this::problem);
            }

            @Override
            public void problem(Problem problem) {}
        };
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(each -> each.toString().endsWith(".yaml"))
                    .sorted()
                    .toList()) {
                try (InputStream in = Files.newInputStream(file)) {
                    new ManifestReader(ManifestLimits.DEFAULTS)
                            .read(folder.relativize(file).toString(), in, sink);
                }
            }
        }
        result = new Assessment(StageModel.builtin(), AddOnCatalogue.builtin())
                .assess(List.of(cluster.build()), null, List.of());
    }

    @Test
    void scopes() throws IOException {
        assertThat(result.scopes()).hasSizeGreaterThan(5);
        for (ScopeAssessment scope : result.scopes()) {
            StageRecord record = StageRecord.parseFrom(wire(scope).toByteArray());
            String report = text(json -> new JsonElements(json).scope(scope));
            String answer = text(json -> StageJson.stage(json, record));
            // One level deeper in the answer, under "measured".
            assertThat(answer).contains(report.strip().replace("\n", "\n  "));
        }
    }

    @Test
    void gates() throws IOException {
        for (ScopeAssessment scope : result.scopes()) {
            StageRecord record = StageRecord.parseFrom(wire(scope).toByteArray());
            String report = texts(scope.gates().stream()
                    .filter(gate -> !gate.gate().advice())
                    .map(SameBytesTest::reported)
                    .toList());
            String answer = texts(record.getMeasured().getGatesList().stream()
                    .filter(gate -> scope.gates().stream()
                            .anyMatch(each -> each.gate().id().equals(gate.getId())
                                    && !each.gate().advice()))
                    .map(gate -> text(json -> StageJson.gate(json, gate)))
                    .toList());
            assertThat(answer).isEqualTo(report);
        }
    }

    @Test
    void findings() {
        assertThat(result.findings()).hasSizeGreaterThan(20);
        for (Finding finding : result.findings()) {
            io.plimsoll.api.findings.v1.Finding wire = FindingsCodec.toWire(finding, subject(finding));
            assertThat(text(json -> FindingJson.finding(json, wire)))
                    .isEqualTo(text(json -> new JsonElements(json).finding(finding)));
        }
    }

    private static Subject subject(Finding finding) {
        return Subject.ofEstate(finding.evidence().subject(), Set.of(), Source.NONE);
    }

    private static StageRecord wire(ScopeAssessment scope) {
        return new StagesCodec(StageModel.builtin())
                .toWire(new ScopeStage(scope, result.snapshot(), null, List.of(), null, false, 1, new TreeSet<>()));
    }

    private static String reported(GateResult gate) {
        return text(json -> new JsonElements(json).gate(gate));
    }

    private static String texts(List<String> each) {
        return String.join("", each);
    }

    private static String text(JsonText.Value value) {
        return new String(JsonText.of(value), UTF_8);
    }
}
