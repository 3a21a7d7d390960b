package io.plimsoll.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.plimsoll.assessment.AssessmentResult;
import io.plimsoll.assessment.scope.ScopeAssessment;
import io.plimsoll.kernel.declaration.Declarations;
import io.plimsoll.maturity.model.ScopeKind;
import io.plimsoll.report.JsonElements;
import io.plimsoll.testing.Fixtures;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** The law of laws: for the same input, {@code assess} and the platform give the same bytes. */
class LawTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> ESTATES =
            List.of("E1", "E2", "E3", "E4", "E5", "X1-tool-rich-practice-poor", "X2-small-well-kept");

    private interface Writing {
        void write(JsonElements elements) throws IOException;
    }

    @Test
    void givesTheBytesOfAssessForEveryEstate() throws IOException {
        Optional<Path> manifests = Fixtures.folder("manifests");
        assumeTrue(manifests.isPresent(), "shared cases are absent");
        Client admin = new Client(Platform.running(), "admin");
        Estate estate = Uploaded.estate();
        for (String name : ESTATES) {
            JsonNode stage = MissingNode.getInstance();
            for (Estate.Upload upload : Estate.shared(manifests.get(), name)) {
                stage = admin.settled(upload.cluster(), Uploaded.put(admin, upload));
            }
            // What earlier estates brought was compared when they came; the organisation and its teams hold them all.
            String prefix = "/" + name.substring(0, 2).toLowerCase(Locale.ROOT) + "-";
            same(
                    name,
                    admin,
                    estate.assessed(
                            Declarations.NONE, Instant.parse(stage.get("asOf").asText())),
                    scope -> scope.contains(prefix));
        }
    }

    /**
     * Scopes with their gates, the organisation and its teams always, and all findings in their order.
     *
     * @param compared further scopes by id
     */
    static void same(String name, Client client, AssessmentResult expected, Predicate<String> compared)
            throws IOException {
        List<String> scopes = client.all("/api/v1/scopes").stream()
                .map(scope -> scope.get("scope").asText())
                .sorted()
                .toList();
        assertThat(scopes)
                .as(name + ": scopes")
                .isEqualTo(expected.scopes().stream()
                        .map(ScopeAssessment::id)
                        .sorted()
                        .toList());
        for (ScopeAssessment scope : expected.scopes()) {
            if (scope.kind() != ScopeKind.ORGANISATION
                    && scope.kind() != ScopeKind.TEAM
                    && !compared.test(scope.id())) {
                continue;
            }
            JsonNode stage = client.present(scope.id());
            assertThat(stage.get("measured").toString())
                    .as(name + ": " + scope.id())
                    .isEqualTo(text(elements -> elements.scope(scope)));
        }
        sameFindings(name, client, expected);
    }

    /** The organisation's stage as it was seen, and all findings. */
    static void sameOrganisation(String name, Client client, JsonNode stage, AssessmentResult expected)
            throws IOException {
        assertThat(stage.get("measured").toString()).as(name + ": organisation").isEqualTo(organisation(expected));
        sameFindings(name, client, expected);
    }

    /** The organisation's bytes. */
    static String organisation(AssessmentResult expected) {
        ScopeAssessment organisation = expected.scopes().stream()
                .filter(scope -> scope.kind() == ScopeKind.ORGANISATION)
                .findFirst()
                .orElseThrow();
        return text(elements -> elements.scope(organisation));
    }

    private static void sameFindings(String name, Client client, AssessmentResult expected) throws IOException {
        List<String> findings = new ArrayList<>();
        client.all("/api/v1/findings?includeWaived=true").forEach(finding -> findings.add(finding.toString()));
        List<String> wanted = new ArrayList<>();
        for (var finding : expected.findings()) {
            wanted.add(text(elements -> elements.finding(finding)));
        }
        assertThat(findings).as(name + ": findings").isEqualTo(wanted);
    }

    private static String text(Writing writing) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JsonFactory.builder().build().createGenerator(text)) {
            writing.write(new JsonElements(json));
            json.flush();
            return JSON.readTree(text.toString()).toString();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
