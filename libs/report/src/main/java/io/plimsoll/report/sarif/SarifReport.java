package io.plimsoll.report.sarif;

import com.fasterxml.jackson.core.JsonGenerator;
import io.plimsoll.assessment.Assessment;
import io.plimsoll.assessment.AssessmentResult;
import io.plimsoll.assessment.Finding;
import io.plimsoll.assessment.scope.ScopeAssessment;
import io.plimsoll.kernel.Control;
import io.plimsoll.kernel.Evidence;
import io.plimsoll.kernel.EvidenceState;
import io.plimsoll.kernel.SubjectId;
import io.plimsoll.maturity.model.Clause;
import io.plimsoll.maturity.model.Gate;
import io.plimsoll.maturity.model.StageModel;
import io.plimsoll.report.FindingKey;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An assessment as SARIF: a rule for each control, a result for each finding, the waived ones suppressed.
 *
 * <p>Gates are no results. A gate is mended by mending the findings under it, so it would be counted twice and at no place; where
 * each wider scope stands, and which of its gates failed or are unknown, is under {@code properties} of the run, and each rule's
 * tags say which stage asks it.
 */
public final class SarifReport {

    private SarifReport() {}

    /**
     * @param earlier state of each finding of an earlier report; null where there is none
     * @param out is flushed, never closed
     */
    public static void write(AssessmentResult result, @Nullable Map<FindingKey, EvidenceState> earlier, Writer out)
            throws IOException {
        SarifLog log = new SarifLog(out, rules(result.model()));
        for (Finding finding : result.findings()) {
            log.result(result(finding, earlier));
        }
        log.end(json -> run(result, json));
    }

    /** Every control that can be asked, by id, whether it has findings or not: consumers see what was asked. */
    private static List<SarifRule> rules(StageModel model) {
        return new TreeMap<>(Assessment.controls())
                .values().stream().map(control -> rule(control, model)).toList();
    }

    private static SarifRule rule(Control control, StageModel model) {
        List<Gate> gates = model.gates().stream()
                .filter(gate -> gate.alternatives().stream()
                        .flatMap(List::stream)
                        .map(Clause::control)
                        .anyMatch(control.id()::equals))
                .toList();
        String asked = gates.isEmpty()
                ? "No gate of the model asks it."
                : gates.stream()
                        .map(gate -> gate.id() + " (stage " + gate.stage() + "): " + gate.question())
                        .collect(Collectors.joining("; ", "Asked by ", ""));
        List<String> tags = Stream.concat(
                        Stream.of("security"),
                        gates.stream().map(gate -> "stage-" + gate.stage()).distinct())
                .toList();
        return new SarifRule(
                control.id(),
                SarifRule.nameOf(control.id()),
                control.title(),
                control.title() + ". " + asked,
                control.remediation(),
                control.severity(),
                tags);
    }

    private static SarifResult result(Finding finding, @Nullable Map<FindingKey, EvidenceState> earlier) {
        Evidence evidence = finding.evidence();
        SubjectId subject = evidence.subject();
        List<String> object = new ArrayList<>();
        for (String part : List.of(
                subject.cluster(), subject.namespace(), subject.object(), subject.name(), subject.container())) {
            if (!part.isEmpty()) {
                object.add(part);
            }
        }
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("cluster", subject.cluster());
        properties.put("namespace", subject.namespace());
        properties.put("kind", subject.object());
        properties.put("name", subject.name());
        properties.put("container", subject.container());
        properties.put("path", evidence.path());
        properties.put("value", evidence.value());
        return new SarifResult(
                finding.control().id(),
                SarifResult.Kind.FAIL,
                (subject.cluster().isEmpty() ? "" : subject + ": ") + evidence.message(),
                evidence.source(),
                String.join("/", object),
                subject.container().isEmpty() ? subject.object() : "Container",
                evidence.state() == EvidenceState.WAIVED ? evidence.message() : null,
                earlier == null ? null : baseline(evidence.state(), earlier.get(FindingKey.of(finding))),
                properties);
    }

    private static SarifResult.Baseline baseline(EvidenceState now, @Nullable EvidenceState before) {
        if (before == null) {
            return SarifResult.Baseline.NEW;
        }
        return before == now ? SarifResult.Baseline.UNCHANGED : SarifResult.Baseline.UPDATED;
    }

    private static void run(AssessmentResult result, JsonGenerator json) throws IOException {
        json.writeStringField(
                "model", result.model().id() + " " + result.model().version());
        json.writeStringField("modelDigest", result.model().digest());
        json.writeStringField("snapshot", result.snapshot());
        if (result.asOf() != null) {
            json.writeStringField("asOf", result.asOf().toString());
        }
        json.writeNumberField("gaps", result.coverage().size());
        json.writeArrayFieldStart("scopes");
        for (ScopeAssessment scope : result.scopes()) {
            switch (scope.kind()) {
                case ORGANISATION, TEAM, CLUSTER -> scope(scope, json);
                case NAMESPACE, APPLICATION -> {}
            }
        }
        json.writeEndArray();
    }

    private static void scope(ScopeAssessment scope, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("scope", scope.id());
        json.writeNumberField("adoptionShown", scope.adoption().band().low());
        json.writeNumberField("adoptionPossible", scope.adoption().band().high());
        json.writeNumberField("securityProven", scope.security().low());
        json.writeNumberField("securityPossible", scope.security().high());
        json.writeNumberField("freeboardLow", scope.freeboardLow());
        json.writeNumberField("freeboardHigh", scope.freeboardHigh());
        gates("gatesFailed", scope, EvidenceState.FAIL, json);
        gates("gatesUnknown", scope, EvidenceState.UNKNOWN, json);
        json.writeEndObject();
    }

    private static void gates(String name, ScopeAssessment scope, EvidenceState state, JsonGenerator json)
            throws IOException {
        String ids = scope.gates().stream()
                .filter(gate -> gate.state() == state && !gate.gate().advice())
                .map(gate -> gate.gate().id())
                .collect(Collectors.joining(" "));
        json.writeStringField(name, ids);
    }
}
