package io.plimsoll.audit.export;

import io.plimsoll.audit.cel.TargetVersion;
import io.plimsoll.audit.guardrail.cel.PolicyEffect;
import io.plimsoll.audit.guardrail.cel.PolicyEffects;
import io.plimsoll.audit.guardrail.cel.Programs;
import io.plimsoll.audit.guardrail.review.ResourceNames;
import io.plimsoll.audit.guardrail.review.Scope;
import io.plimsoll.kernel.Source;
import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.ResourceId;
import io.plimsoll.kubernetes.value.Value;
import io.plimsoll.kubernetes.workload.Workloads;
import java.util.Collection;
import java.util.List;

/**
 * What exported policies would refuse of the objects of one cluster, were they created again: they are read back and evaluated
 * as those of a cluster are. Not safe for use by two threads at once.
 */
public final class Preview {

    private static final String GROUP = "admissionregistration.k8s.io";

    private final ClusterState state;
    private final Collection<Scope> scopes;
    private final Programs programs;

    /** @param target the API server that the policies are for */
    public Preview(ClusterState state, TargetVersion target) {
        this.state = state;
        this.scopes = Scope.all(state.resources(), Workloads.of(state)).values();
        this.programs = new Programs(new ResourceNames(state), target);
    }

    public PolicyEffect of(PolicyDocument document) {
        return PolicyEffects.of(
                resource("ValidatingAdmissionPolicy", document.name(), document.policy()),
                resource("ValidatingAdmissionPolicyBinding", document.name(), document.binding()),
                state,
                scopes,
                programs);
    }

    private Resource resource(String kind, String name, Value body) {
        return new Resource(
                new ResourceId(state.name(), GROUP, kind, "", name), "v1", body, new Source("export", 0, 0), List.of());
    }
}
