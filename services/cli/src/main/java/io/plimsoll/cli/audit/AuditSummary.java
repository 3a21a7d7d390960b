package io.plimsoll.cli.audit;

import io.plimsoll.assessment.Coverage;
import io.plimsoll.audit.control.Finding;
import io.plimsoll.audit.control.plane.ManagedPlane;
import io.plimsoll.audit.framework.ScopedReports;
import io.plimsoll.audit.tool.Tool;
import io.plimsoll.audit.tool.Tracked;
import io.plimsoll.kernel.EvidenceState;
import io.plimsoll.kernel.Severity;
import io.plimsoll.kubernetes.ResourceId;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Counts over one audit. */
final class AuditSummary {

    private final Map<EvidenceState, Integer> states = new EnumMap<>(EvidenceState.class);
    private final Map<Severity, Integer> failures = new EnumMap<>(Severity.class);
    private final Map<String, Map<EvidenceState, Integer>> byControl = new TreeMap<>();
    private final Set<ResourceId> objects = new HashSet<>();
    private List<Coverage> coverage = List.of();
    private @Nullable EarlierFindings earlier;
    private @Nullable List<Tool> tools;
    private List<Tracked> tracked = List.of();
    private List<ManagedPlane> managed = List.of();
    private @Nullable ScopedReports framework;

    void count(Finding finding) {
        states.merge(finding.state(), 1, Integer::sum);
        byControl
                .computeIfAbsent(finding.control().id(), id -> new EnumMap<>(EvidenceState.class))
                .merge(finding.state(), 1, Integer::sum);
        if (finding.state() == EvidenceState.FAIL) {
            failures.merge(finding.control().severity(), 1, Integer::sum);
        }
        if (!finding.object().kind().equals("Cluster")) {
            objects.add(finding.object());
        }
    }

    void cover(List<Coverage> all) {
        coverage = all;
    }

    void compare(@Nullable EarlierFindings with) {
        earlier = with;
    }

    /** How this audit differs from an earlier one; null when none was given. */
    @Nullable
    EarlierFindings earlier() {
        return earlier;
    }

    /** @param marked objects that delivery tools have marked */
    void tools(@Nullable List<Tool> found, List<Tracked> marked) {
        tools = found;
        tracked = marked;
    }

    /** Objects that delivery tools have marked; empty too when nobody asked. */
    List<Tracked> tracked() {
        return tracked;
    }

    /** The security tools that run; null when nobody asked. */
    @Nullable
    List<Tool> tools() {
        return tools;
    }

    void managed(List<ManagedPlane> planes) {
        managed = List.copyOf(planes);
    }

    /** Control planes that a provider runs. */
    List<ManagedPlane> managed() {
        return managed;
    }

    void framework(@Nullable ScopedReports reports) {
        framework = reports;
    }

    /** How a framework stands; null when none was asked for. */
    @Nullable
    ScopedReports framework() {
        return framework;
    }

    int count(EvidenceState state) {
        return states.getOrDefault(state, 0);
    }

    int failures(Severity severity) {
        return failures.getOrDefault(severity, 0);
    }

    /** Of one control, by state. */
    int count(String control, EvidenceState state) {
        return byControl.getOrDefault(control, Map.of()).getOrDefault(state, 0);
    }

    int objects() {
        return objects.size();
    }

    /** What could not be read, or was read otherwise than its author may think. */
    List<Coverage> coverage() {
        return coverage;
    }
}
