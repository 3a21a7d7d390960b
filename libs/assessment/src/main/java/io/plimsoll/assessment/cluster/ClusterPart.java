package io.plimsoll.assessment.cluster;

import io.plimsoll.kernel.Evidence;
import io.plimsoll.kernel.Subject;
import java.util.List;

/** Everything one cluster contributes to an assessment: by whichever way it came, in one process or through topics, it is the same. */
public record ClusterPart(ClusterFacts facts, List<Subject> subjects, List<Evidence> evidence) {

    public ClusterPart {
        subjects = List.copyOf(subjects);
        evidence = List.copyOf(evidence);
    }
}
