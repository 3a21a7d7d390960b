package io.plimsoll.segmentation.isolation;

import io.plimsoll.kernel.ClusterMode;
import io.plimsoll.kernel.Evidence;
import io.plimsoll.kernel.EvidenceState;
import io.plimsoll.kernel.Reason;
import io.plimsoll.kernel.Source;
import io.plimsoll.kubernetes.workload.PodTemplate;
import io.plimsoll.kubernetes.workload.Workload;
import io.plimsoll.segmentation.policy.DeclaredPolicy;
import io.plimsoll.segmentation.policy.Direction;
import io.plimsoll.segmentation.policy.NamedPorts;
import io.plimsoll.segmentation.policy.PolicySet;
import io.plimsoll.segmentation.policy.Rule;
import io.plimsoll.segmentation.topology.Pods;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Judges the isolation of one workload; the weakest of its pod specifications decides. One thread. */
final class WorkloadJudge {

    private final PolicySet policies;
    private final Doubt doubt;
    private final String searched;

    /** @param mode says what was searched, for the wording alone */
    WorkloadJudge(PolicySet policies, Doubt doubt, ClusterMode mode) {
        this.policies = policies;
        this.doubt = doubt;
        this.searched = switch (mode) {
            case MANIFESTS -> "among the files given";
            case LIVE -> "of its namespace";
        };
    }

    /** Whether policies select each of its pods: the weaker question, an allow-all satisfies it. */
    Evidence selected(Workload workload, IsolationControl control) {
        return weakest(workload, control, template -> unselected(workload, template, control));
    }

    /** Whether policies select each of its pods and keep something out. */
    Evidence isolated(Workload workload, IsolationControl control) {
        return weakest(
                workload,
                control,
                template -> unselected(workload, template, control).or(() -> open(workload, template, control)));
    }

    /** Looks for what is wrong with one pod specification. */
    @FunctionalInterface
    private interface Search {
        Optional<Evidence> failureOf(PodTemplate template);
    }

    private Evidence weakest(Workload workload, IsolationControl control, Search search) {
        List<PodTemplate> templates = unlike(Pods.alive(workload));
        if (templates.isEmpty()) {
            return Evidence.notApplicable(
                    control.id(), workload.subjectId(), "all pods of this workload ended", workload.source());
        }
        Optional<Evidence> unknown = Optional.empty();
        for (PodTemplate template : templates) {
            Optional<Evidence> found = hostNetwork(workload, template, control).or(() -> search.failureOf(template));
            if (found.isPresent() && found.get().state() == EvidenceState.FAIL) {
                return found.get();
            }
            unknown = unknown.or(() -> found);
        }
        return unknown.orElseGet(() -> pass(workload, templates, control));
    }

    /** Without those that are, for any policy, what the one before them is: of them all the first is told of anyway. */
    private static List<PodTemplate> unlike(List<PodTemplate> templates) {
        List<PodTemplate> unlike = new ArrayList<>();
        for (PodTemplate each : templates) {
            if (unlike.isEmpty() || !alike(unlike.getLast(), each)) {
                unlike.add(each);
            }
        }
        return unlike;
    }

    private static boolean alike(PodTemplate one, PodTemplate other) {
        return one.metadata().at("labels").equals(other.metadata().at("labels"))
                && one.path().equals(other.path())
                && one.hostNetwork() == other.hostNetwork()
                && one.spec().at("containers").equals(other.spec().at("containers"))
                && one.spec().at("initContainers").equals(other.spec().at("initContainers"));
    }

    private Evidence pass(Workload workload, List<PodTemplate> templates, IsolationControl control) {
        List<DeclaredPolicy> selecting = templates.stream()
                .flatMap(template -> selecting(workload, template, control.direction()).stream())
                .distinct()
                .toList();
        String names = selecting.stream().map(policy -> policy.id().name()).collect(Collectors.joining(", "));
        Source source = selecting.getFirst().readings().getFirst().source();
        return Evidence.pass(
                control.id(),
                workload.subjectId(),
                "selected for " + control.direction().field() + " by NetworkPolicy " + names,
                source);
    }

    private Optional<Evidence> hostNetwork(Workload workload, PodTemplate template, IsolationControl control) {
        if (!template.hostNetwork()) {
            return Optional.empty();
        }
        Evidence failure = Evidence.fail(
                control.id(),
                workload.subjectId(),
                Reason.SEEN_AND_WRONG,
                template.path() + ".hostNetwork",
                "true",
                "on the host's network: NetworkPolicy does not apply to these pods",
                template.sourceOf(template.spec().at("hostNetwork")));
        return Optional.of(doubt.aboutHosts(failure, workload.namespace()));
    }

    private Optional<Evidence> unselected(Workload workload, PodTemplate template, IsolationControl control) {
        if (!selecting(workload, template, control.direction()).isEmpty()) {
            return Optional.empty();
        }
        Evidence failure = Evidence.fail(
                control.id(),
                workload.subjectId(),
                Reason.ABSENT_FROM_INPUT,
                "",
                "",
                "no NetworkPolicy " + searched + " selects this workload for "
                        + control.direction().field(),
                template.resource().source());
        return Optional.of(doubt.aboutPods(failure, workload.namespace()));
    }

    private Optional<Evidence> open(Workload workload, PodTemplate template, IsolationControl control) {
        Direction direction = control.direction();
        Map<String, String> labels = Pods.labels(template);
        List<Rule> rules = policies.in(workload.namespace()).stream()
                .flatMap(policy -> policy.rulesFor(labels, direction).stream())
                .toList();
        NamedPorts names =
                switch (direction) {
                    case INGRESS -> Pods.ports(template);
                    case EGRESS -> NamedPorts.NONE;
                };
        return AllowAll.among(rules, names)
                .map(allowAll -> allowAll.failure(control, workload.subjectId()))
                .map(failure -> doubt.aboutPods(failure, workload.namespace()));
    }

    private List<DeclaredPolicy> selecting(Workload workload, PodTemplate template, Direction direction) {
        Map<String, String> labels = Pods.labels(template);
        return policies.in(workload.namespace()).stream()
                .filter(policy -> policy.isolates(labels, direction))
                .toList();
    }
}
