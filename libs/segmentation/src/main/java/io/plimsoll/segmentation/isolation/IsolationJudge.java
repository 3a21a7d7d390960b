package io.plimsoll.segmentation.isolation;

import io.plimsoll.kernel.Evidence;
import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.workload.Workload;
import io.plimsoll.segmentation.policy.PolicySet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Answers every {@link IsolationControl} for the subjects it is asked of. Not safe for use by two threads at once. */
public final class IsolationJudge {

    private final WorkloadJudge workloads;
    private final NamespaceJudge namespaces;
    private final Optional<TierEffect> tiers;

    /** @param asked the workloads that will be judged */
    public IsolationJudge(ClusterState state, List<Workload> asked, PolicySet policies) {
        Doubt doubt = new Doubt(policies);
        this.workloads = new WorkloadJudge(policies, doubt, state.mode());
        this.namespaces = new NamespaceJudge(state, policies, doubt);
        this.tiers = TierEffect.of(state, asked, policies);
    }

    /** One answer for each control that is asked of workloads. */
    public List<Evidence> judge(Workload workload) {
        List<Evidence> answers = new ArrayList<>();
        for (IsolationControl control : IsolationControl.values()) {
            switch (control) {
                case INGRESS_SELECTED -> answers.add(workloads.selected(workload, control));
                case INGRESS_ISOLATED, EGRESS_ISOLATED -> {
                    Evidence alone = workloads.isolated(workload, control);
                    answers.add(tiers.map(all -> all.judge(alone, workload, control))
                            .orElse(alone));
                }
                case DEFAULT_DENY_INGRESS, DEFAULT_DENY_EGRESS -> {}
            }
        }
        return answers;
    }

    /** One answer for each control that is asked of namespaces. */
    public List<Evidence> judge(String namespace) {
        List<Evidence> answers = new ArrayList<>();
        for (IsolationControl control : IsolationControl.values()) {
            switch (control) {
                case DEFAULT_DENY_INGRESS, DEFAULT_DENY_EGRESS ->
                    answers.add(namespaces.defaultDeny(namespace, control));
                case INGRESS_SELECTED, INGRESS_ISOLATED, EGRESS_ISOLATED -> {}
            }
        }
        return answers;
    }
}
