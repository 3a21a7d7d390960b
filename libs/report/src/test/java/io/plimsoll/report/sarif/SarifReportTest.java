package io.plimsoll.report.sarif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.plimsoll.assessment.AssessmentResult;
import io.plimsoll.assessment.Finding;
import io.plimsoll.kernel.Evidence;
import io.plimsoll.kernel.EvidenceState;
import io.plimsoll.kernel.Reason;
import io.plimsoll.kernel.Source;
import io.plimsoll.report.FindingKey;
import io.plimsoll.report.SmallEstate;
import io.plimsoll.testing.Fixtures;
import io.plimsoll.testing.Golden;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SarifReportTest {

    private static final String HOSTILE = """
            apiVersion: v1
            kind: Pod
            metadata: {name: "<script>alert(1)</script>", namespace: "a/../b c"}
            spec:
              containers:
              - {name: "x\\u0000\\"}]", image: "registry.example/{0}/[a](b):latest", securityContext: {privileged: true}}
            """;

    private final AssessmentResult result = SmallEstate.assessed();

    @Test
    void isWhatTheGoldenFileSays() throws IOException {
        Golden.matches(
                Fixtures.repository().resolve("libs/report/src/test/resources/golden/report.sarif"),
                sarif(result, null));
    }

    @Test
    void keepsTheSchemaOfTheStandard() throws IOException {
        assertThat(violations(sarif(result, null))).isEmpty();
        assertThat(violations(sarif(result, Map.of()))).isEmpty();
        assertThat(violations(sarif(waived(result), Map.of()))).isEmpty();
        assertThat(violations(sarif(SmallEstate.assessed("c", "/tmp/a b#?.yaml", HOSTILE), null)))
                .isEmpty();
        assertThat(violations(sarif(SmallEstate.assessed("c", "f.yaml", "{}"), null)))
                .isEmpty();
        assertThat(violations("{\"version\": \"2.1.0\"}")).isNotEmpty();
    }

    @Test
    void sameInputGivesSameBytes() throws IOException {
        assertThat(sarif(SmallEstate.assessed(), null)).isEqualTo(sarif(result, null));
    }

    @Test
    void eachFindingIsAResultOfARuleAtAPlace() throws IOException {
        JsonNode run = run(sarif(result, null));
        JsonNode rules = run.at("/tool/driver/rules");
        assertThat(run.at("/results").size()).isEqualTo(result.findings().size());
        for (JsonNode each : run.at("/results")) {
            assertThat(rules.get(each.at("/ruleIndex").intValue()).at("/id").stringValue())
                    .isEqualTo(each.at("/ruleId").stringValue());
            assertThat(each.at("/locations/0/physicalLocation/artifactLocation/uri")
                            .stringValue())
                    .isIn("harbour/crane.yaml", "yard/gate.yaml", ".");
            assertThat(each.at("/locations/0/logicalLocations/0/fullyQualifiedName")
                            .stringValue())
                    .isNotEmpty();
        }
        assertThat(run.at("/properties/scopes/0/scope").stringValue()).isEqualTo("organisation");
        assertThat(run.at("/properties/scopes/0/securityPossible").intValue())
                .isEqualTo(result.organisation().security().high());
    }

    @Test
    void aMovedManifestKeepsItsFingerprints() throws IOException {
        List<String> before = fingerprints(sarif(SmallEstate.assessed("c", "a.yaml", HOSTILE), null));
        List<String> after =
                fingerprints(sarif(SmallEstate.assessed("c", "b/c.yaml", "\n\n# moved\n" + HOSTILE), null));
        assertThat(after).isEqualTo(before).doesNotHaveDuplicates();
        assertThat(fingerprints(sarif(SmallEstate.assessed("d", "a.yaml", HOSTILE), null)))
                .doesNotContainAnyElementsOf(
                        before.stream().filter(each -> !each.isEmpty()).toList());
    }

    @Test
    void saysWhatIsNewSinceAnEarlierReport() throws IOException {
        Map<FindingKey, EvidenceState> earlier = new HashMap<>();
        List<Finding> findings = result.findings();
        earlier.put(FindingKey.of(findings.get(1)), EvidenceState.FAIL);
        earlier.put(FindingKey.of(findings.get(2)), EvidenceState.WAIVED);
        JsonNode results = run(sarif(result, earlier)).at("/results");
        assertThat(results.at("/0/baselineState").stringValue()).isEqualTo("new");
        assertThat(results.at("/1/baselineState").stringValue()).isEqualTo("unchanged");
        assertThat(results.at("/2/baselineState").stringValue()).isEqualTo("updated");
        assertThat(sarif(result, null)).doesNotContain("baselineState");
    }

    @Test
    void theWaivedAreShownAndSuppressed() throws IOException {
        JsonNode first = run(sarif(waived(result), null)).at("/results/0");
        assertThat(first.at("/suppressions/0/status").stringValue()).isEqualTo("accepted");
        assertThat(first.at("/suppressions/0/justification").stringValue()).isEqualTo("waived until tomorrow");
        assertThat(sarif(result, null)).doesNotContain("suppressions");
    }

    @ParameterizedTest
    @CsvSource({
        "a/b.yaml, a/b.yaml",
        "./a.yaml, a.yaml",
        "a b#c?.yaml, a%20b%23c%3F.yaml",
        "c:d.yaml, c%3Ad.yaml",
        "ü%.yaml, %C3%BC%25.yaml",
        "/tmp/a b.yaml, file:///tmp/a%20b.yaml"
    })
    void pathsAreReferences(String file, String uri) {
        assertThat(SarifLog.uri(file)).isEqualTo(uri);
    }

    @Test
    void aResultOfNoRuleIsRefused() throws IOException {
        SarifLog log = new SarifLog(new StringWriter(), List.of());
        SarifResult stray =
                new SarifResult("none", SarifResult.Kind.FAIL, "m", Source.NONE, "o", "Pod", null, null, Map.of());
        assertThatThrownBy(() -> log.result(stray)).hasMessageContaining("none");
    }

    /** The first finding waived. */
    private static AssessmentResult waived(AssessmentResult result) {
        List<Finding> findings = new ArrayList<>(result.findings());
        Finding first = findings.getFirst();
        Evidence was = first.evidence();
        findings.set(
                0,
                new Finding(
                        first.control(),
                        new Evidence(
                                was.control(),
                                was.subject(),
                                EvidenceState.WAIVED,
                                Reason.WAIVED_BY_DECLARATION,
                                was.path(),
                                was.value(),
                                "waived until tomorrow",
                                was.source())));
        return new AssessmentResult(
                result.model(), result.snapshot(), result.asOf(), result.scopes(), result.coverage(), findings);
    }

    private static String sarif(AssessmentResult result, @Nullable Map<FindingKey, EvidenceState> earlier)
            throws IOException {
        StringWriter out = new StringWriter();
        SarifReport.write(result, earlier, out);
        return out.toString();
    }

    private static JsonNode run(String sarif) {
        return JsonMapper.shared().readTree(sarif).at("/runs/0");
    }

    private static List<String> fingerprints(String sarif) {
        return Pattern.compile("\"plimsollObject/v1\" : \"([^\"]+)\"")
                .matcher(sarif)
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    private static List<?> violations(String sarif) throws IOException {
        try (InputStream schema = SarifReportTest.class.getResourceAsStream("/schema/sarif-schema-2.1.0.json")) {
            String text = new String(Objects.requireNonNull(schema).readAllBytes(), StandardCharsets.UTF_8);
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                    .getSchema(text, InputFormat.JSON)
                    .validate(sarif, InputFormat.JSON);
        }
    }
}
