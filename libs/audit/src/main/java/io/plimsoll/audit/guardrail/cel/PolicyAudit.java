package io.plimsoll.audit.guardrail.cel;

import io.plimsoll.audit.guardrail.review.ResourceNames;
import io.plimsoll.audit.guardrail.review.Review;
import io.plimsoll.audit.guardrail.review.Scope;
import io.plimsoll.audit.guardrail.rule.Verdict;
import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.value.Value;
import io.plimsoll.kubernetes.workload.Workload;
import java.util.List;

/**
 * One ValidatingAdmissionPolicy asked of every object of a cluster that its {@code matchConstraints} take in, whether it is
 * bound or not: what it would say if it were. The pods of controllers are asked as the pods they will be.
 */
public final class PolicyAudit {

    /** Takes what a policy says of one object. */
    @FunctionalInterface
    public interface Sink {
        /** @param validation its place in the policy, from 0 */
        void said(Review review, int validation, Verdict verdict);
    }

    private PolicyAudit() {}

    /** @param parameters objects of the policy's paramKind; each is asked with. None for a policy that takes none. */
    public static void run(
            Resource policy, List<Resource> parameters, ClusterState state, List<Workload> workloads, Sink sink) {
        Value spec = policy.spec();
        ResourceNames names = new ResourceNames(state);
        ResourceRules constraints = new ResourceRules(spec.at("matchConstraints"), names);
        PolicyProgram program = new Programs(names).of(spec);
        List<Value> validations = spec.items("validations");
        for (Scope scope : Scope.all(state.resources(), workloads).values()) {
            if (!constraints.covers(scope)) {
                continue;
            }
            for (Review review : scope.reviews()) {
                if (constraints.selects(review)) {
                    for (int i = 0; i < validations.size(); i++) {
                        ask(program, i, review, scope, parameters, sink);
                    }
                }
            }
        }
    }

    private static void ask(
            PolicyProgram program, int validation, Review review, Scope scope, List<Resource> parameters, Sink sink) {
        if (parameters.isEmpty()) {
            sink.said(review, validation, program.judge(validation, review, scope, null));
        }
        for (Resource each : parameters) {
            sink.said(review, validation, program.judge(validation, review, scope, each.body()));
        }
    }
}
