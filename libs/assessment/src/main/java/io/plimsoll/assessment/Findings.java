package io.plimsoll.assessment;

import io.plimsoll.assessment.cluster.PlatformBaseline;
import io.plimsoll.kernel.Control;
import io.plimsoll.kernel.Evidence;
import io.plimsoll.kernel.EvidenceState;
import io.plimsoll.kernel.Reason;
import io.plimsoll.kernel.Subject;
import io.plimsoll.kernel.SubjectId;
import io.plimsoll.kernel.Tier;
import io.plimsoll.maturity.model.StageModel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which evidence people should look at. */
public final class Findings {

    /** What is asked of the platform's own workloads too (stage-gates 3). */
    private static final Set<String> ASKED_OF_PLATFORM = Set.of("image-pinned", PlatformBaseline.CONTROL.id());

    private Findings() {}

    /**
     * Findings about applications, and about bindings and namespaces; of a platform part only what {@link #ASKED_OF_PLATFORM}
     * says. Of one part of an estate, in their order.
     */
    public static List<Finding> of(StageModel model, Collection<Evidence> evidence, Collection<Subject> subjects) {
        Map<String, Control> controls = Assessment.controls();
        controls.keySet().removeAll(model.optionalControls());
        Map<SubjectId, Subject> byId = new HashMap<>();
        subjects.forEach(subject -> byId.put(subject.id(), subject));
        List<Finding> findings = new ArrayList<>();
        for (Evidence each : evidence) {
            Control control = controls.get(each.control());
            Subject subject = byId.get(each.subject());
            if (control != null && subject != null && wrong(each) && asked(control, subject)) {
                findings.add(new Finding(control, each));
            }
        }
        findings.sort(null);
        return findings;
    }

    /** Wrong, or waived where it was wrong: a waived finding is shown as waived, never hidden. */
    private static boolean wrong(Evidence evidence) {
        return evidence.state() == EvidenceState.FAIL
                || evidence.state() == EvidenceState.WAIVED && evidence.reason() == Reason.WAIVED_BY_DECLARATION;
    }

    private static boolean asked(Control control, Subject subject) {
        return switch (subject.id().kind()) {
            case WORKLOAD, IMAGE -> subject.tier() == Tier.APPLICATION || ASKED_OF_PLATFORM.contains(control.id());
            case NAMESPACE -> subject.has(Subject.APPLICATION_NAMESPACE);
            case ORGANISATION, CLUSTER, BINDING, ENTRY, NODE, POLICY -> true;
        };
    }
}
