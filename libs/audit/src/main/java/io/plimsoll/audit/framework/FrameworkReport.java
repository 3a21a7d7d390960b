package io.plimsoll.audit.framework;

import io.plimsoll.audit.control.CatalogueControl;
import io.plimsoll.audit.control.Finding;
import io.plimsoll.kernel.EvidenceState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the controls say of each id of a framework. Findings are counted as they come; a framework's id is held where a control
 * mapped to it has passes and nothing worse, and is not measured where none was asked. Not safe for use by two threads at once.
 */
public final class FrameworkReport {

    /** How one id stands. */
    public enum Standing {
        HELD,
        BROKEN,
        UNKNOWN,
        /** Controls are mapped to it, and none of them had anything to be asked of. */
        NOT_ASKED,
        /** It is somebody else's, for instance of who runs the control plane. */
        NOT_APPLICABLE,
        /** No control answers it. */
        NOT_MEASURED
    }

    /**
     * @param controls mapped to the id, in the order of the catalogue
     * @param counts findings of those controls, by state
     */
    public record Row(
            Framework.Entry entry, Standing standing, List<String> controls, Map<EvidenceState, Integer> counts) {}

    private final Framework framework;
    private final Map<String, List<CatalogueControl>> mapped = new LinkedHashMap<>();
    private final Map<String, Map<EvidenceState, Integer>> counts = new HashMap<>();

    public FrameworkReport(Framework framework, Collection<CatalogueControl> controls) {
        this.framework = framework;
        for (CatalogueControl control : controls) {
            for (String id : control.mappings().getOrDefault(framework.id(), List.of())) {
                mapped.computeIfAbsent(id, any -> new ArrayList<>()).add(control);
            }
        }
    }

    public Framework framework() {
        return framework;
    }

    public void count(Finding finding) {
        if (finding.control().mappings().containsKey(framework.id())) {
            counts.computeIfAbsent(finding.control().id(), id -> new EnumMap<>(EvidenceState.class))
                    .merge(finding.state(), 1, Integer::sum);
        }
    }

    /** One row for each entry of the framework, in its order. */
    public List<Row> rows() {
        return framework.entries().stream().map(this::row).toList();
    }

    private Row row(Framework.Entry entry) {
        List<CatalogueControl> controls = mapped.getOrDefault(entry.id(), List.of());
        Map<EvidenceState, Integer> sum = new EnumMap<>(EvidenceState.class);
        for (CatalogueControl control : controls) {
            counts.getOrDefault(control.id(), Map.of())
                    .forEach((state, count) -> sum.merge(state, count, Integer::sum));
        }
        return new Row(
                entry,
                standing(controls, sum),
                controls.stream().map(CatalogueControl::id).toList(),
                sum);
    }

    private static Standing standing(List<CatalogueControl> controls, Map<EvidenceState, Integer> sum) {
        if (controls.isEmpty()) {
            return Standing.NOT_MEASURED;
        }
        if (sum.containsKey(EvidenceState.FAIL)) {
            return Standing.BROKEN;
        }
        if (sum.containsKey(EvidenceState.UNKNOWN)) {
            return Standing.UNKNOWN;
        }
        if (sum.containsKey(EvidenceState.PASS) || sum.containsKey(EvidenceState.WAIVED)) {
            return Standing.HELD;
        }
        return sum.containsKey(EvidenceState.NOT_APPLICABLE) ? Standing.NOT_APPLICABLE : Standing.NOT_ASKED;
    }
}
