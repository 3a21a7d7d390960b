package io.plimsoll.segmentation.isolation;

import io.plimsoll.kernel.Evidence;
import io.plimsoll.kernel.Reason;
import io.plimsoll.kernel.Source;
import io.plimsoll.kernel.SubjectId;
import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.segmentation.policy.DeclaredPolicy;
import io.plimsoll.segmentation.policy.NamedPorts;
import io.plimsoll.segmentation.policy.PolicySet;
import io.plimsoll.segmentation.policy.Rule;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Judges whether a namespace denies by default, in effect. One thread. */
final class NamespaceJudge {

    private final String cluster;
    private final PolicySet policies;
    private final Doubt doubt;
    private final String searched;
    private final Map<String, Source> sources;

    NamespaceJudge(ClusterState state, PolicySet policies, Doubt doubt) {
        this.cluster = state.name();
        this.policies = policies;
        this.doubt = doubt;
        this.searched = switch (state.mode()) {
            case MANIFESTS -> "among the files given";
            case LIVE -> "of this namespace";
        };
        this.sources = state.all("Namespace", "").stream()
                .collect(Collectors.toMap(Resource::name, Resource::source, (first, again) -> first));
    }

    /** A policy that selects every pod and allows nothing, and none beside it that selects every pod and allows everything. */
    Evidence defaultDeny(String namespace, IsolationControl control) {
        SubjectId subject = SubjectId.ofNamespace(cluster, namespace);
        Optional<DeclaredPolicy> deny = policies.in(namespace).stream()
                .filter(policy -> policy.isDefaultDeny(control.direction()))
                .findFirst();
        if (deny.isEmpty()) {
            return doubt.aboutNamespace(absent(namespace, subject, control), namespace, control.direction());
        }
        List<Rule> forEveryPod = policies.in(namespace).stream()
                .flatMap(policy -> policy.rulesForEveryPod(control.direction()).stream())
                .toList();
        return AllowAll.among(forEveryPod, NamedPorts.NONE)
                .map(allowAll ->
                        doubt.aboutNamespace(allowAll.failure(control, subject), namespace, control.direction()))
                .orElseGet(() -> Evidence.pass(
                        control.id(),
                        subject,
                        "NetworkPolicy " + deny.get().id().name() + " denies "
                                + control.direction().field() + " by default",
                        deny.get().readings().getFirst().source()));
    }

    private Evidence absent(String namespace, SubjectId subject, IsolationControl control) {
        return Evidence.fail(
                control.id(),
                subject,
                Reason.ABSENT_FROM_INPUT,
                "",
                "",
                "no NetworkPolicy " + searched + " denies "
                        + control.direction().field() + " to every pod by default",
                sources.getOrDefault(namespace, Source.NONE));
    }
}
