package io.plimsoll.audit.control;

import io.plimsoll.kernel.EvidenceClass;
import io.plimsoll.kernel.Severity;
import io.plimsoll.kernel.Source;
import io.plimsoll.kernel.SubjectKind;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * A control as its folder says it.
 *
 * @param title what should be so, in one line
 * @param severityRule why it has this severity
 * @param kinds it is asked of: {@code Service}, {@code Ingress.networking.k8s.io}, {@code workload} for all that runs pods,
 *     {@code cluster} for what is asked once, {@code *} for every object
 * @param stage of the maturity model that asks for it first, 2 to 5
 * @param sentences of the maturity article it serves
 * @param mappings framework to the ids of what it covers there, in the order of the framework
 * @param fix what to write at the field that decided, as YAML in flow style; empty where no one value mends it
 * @param gateControls ids of gate controls that ask the same, or part of it
 */
public record CatalogueControl(
        String id,
        String title,
        String rationale,
        Severity severity,
        String severityRule,
        SubjectKind subject,
        EvidenceClass evidenceClass,
        List<String> kinds,
        int stage,
        String remediation,
        List<String> sentences,
        SortedMap<String, List<String>> mappings,
        List<String> gateControls,
        Map<String, Parameter> parameters,
        Logic logic,
        String fix,
        Source source) {

    public CatalogueControl {
        kinds = List.copyOf(kinds);
        sentences = List.copyOf(sentences);
        gateControls = List.copyOf(gateControls);
    }
}
