package io.plimsoll.stagescoring.answer;

import io.plimsoll.kernel.Evidence;
import io.plimsoll.kernel.EvidenceState;
import io.plimsoll.kernel.SubjectId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** All that was answered in one part of the estate, declarations applied. */
public record Answered(List<Evidence> evidence) {

    public static final Answered NOTHING = new Answered(List.of());

    /** What was asked of whom. */
    public record Asked(String control, SubjectId subject) {}

    public Answered {
        evidence = List.copyOf(evidence);
    }

    /** The state of each answer; where there are several, that which is listed first, see {@link Answers#rank}. */
    public Map<Asked, EvidenceState> states() {
        Map<Asked, EvidenceState> states = new HashMap<>();
        for (Evidence each : evidence) {
            states.merge(
                    new Asked(each.control(), each.subject()),
                    each.state(),
                    (a, b) -> Answers.rank(a) <= Answers.rank(b) ? a : b);
        }
        return states;
    }
}
