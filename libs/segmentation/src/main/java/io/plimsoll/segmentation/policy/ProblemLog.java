package io.plimsoll.segmentation.policy;

import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.value.Value;
import java.util.ArrayList;
import java.util.List;

/** Takes what is wrong with one policy while it is read. Not safe for use by two threads at once. */
final class ProblemLog {

    private final Resource policy;
    private final List<PolicyProblem> problems = new ArrayList<>();

    ProblemLog(Resource policy) {
        this.policy = policy;
    }

    void add(Value field, String path, String message) {
        problems.add(new PolicyProblem(policy.id(), path, message, policy.at(field)));
    }

    /** Grows with each problem: a part was read well when the count is the same before and after. */
    int count() {
        return problems.size();
    }

    List<PolicyProblem> problems() {
        return List.copyOf(problems);
    }
}
