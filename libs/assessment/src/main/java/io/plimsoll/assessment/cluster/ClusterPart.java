package io.plimsoll.assessment.cluster;

import io.plimsoll.assessment.image.RegistryAccess;
import io.plimsoll.kernel.Evidence;
import io.plimsoll.kernel.Subject;
import java.util.List;

/** Everything one cluster contributes to an assessment: by whichever way it came, in one process or through topics, it is the same. */
public record ClusterPart(ClusterFacts facts, List<Subject> subjects, List<Evidence> evidence) {

    public ClusterPart {
        subjects = List.copyOf(subjects);
        evidence = List.copyOf(evidence);
    }

    /** With what was measured of registries among the facts instead of the evidence: it is the organisation's question. */
    public ClusterPart told() {
        List<Evidence> others = RegistryAccess.without(evidence);
        return others.size() == evidence.size()
                ? this
                : new ClusterPart(facts.with(RegistryAccess.of(subjects, evidence)), subjects, others);
    }
}
