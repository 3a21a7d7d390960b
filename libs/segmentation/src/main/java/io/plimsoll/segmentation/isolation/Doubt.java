package io.plimsoll.segmentation.isolation;

import io.plimsoll.kernel.Evidence;
import io.plimsoll.kernel.EvidenceState;
import io.plimsoll.kernel.Reason;
import io.plimsoll.segmentation.policy.Action;
import io.plimsoll.segmentation.policy.Direction;
import io.plimsoll.segmentation.policy.PolicySet;
import io.plimsoll.segmentation.policy.Unanalysed;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Turns a FAIL into UNKNOWN where a policy that is not analysed yet could isolate the subject after all. One thread. */
final class Doubt {

    private final PolicySet policies;
    private final Map<String, List<Unanalysed>> byNamespace = new HashMap<>();

    Doubt(PolicySet policies) {
        this.policies = policies;
    }

    /** @param failure about the whole of a namespace, where a cluster-wide policy that denies could do the same */
    Evidence aboutNamespace(Evidence failure, String namespace, Direction direction) {
        Evidence doubted = aboutPods(failure, namespace);
        if (doubted.state() != EvidenceState.FAIL) {
            return doubted;
        }
        return policies.tiers().readings().stream()
                .filter(policy -> policy.rules(direction).stream().anyMatch(rule -> rule.action() != Action.ACCEPT))
                .findFirst()
                .map(policy -> Evidence.unknown(
                        failure.control(),
                        failure.subject(),
                        Reason.PARTIAL_ANALYSIS,
                        failure.message() + "; whether " + policy.id().kind() + " "
                                + policy.id().name() + " does the same for all its pods is not analysed yet",
                        policy.source()))
                .orElse(failure);
    }

    /** @param failure about pods of the namespace */
    Evidence aboutPods(Evidence failure, String namespace) {
        return cast(failure, in(namespace).stream().findFirst());
    }

    /** @param failure about pods on the host's network, which only policies that select nodes can reach */
    Evidence aboutHosts(Evidence failure, String namespace) {
        return cast(failure, in(namespace).stream().filter(Unanalysed::hosts).findFirst());
    }

    private List<Unanalysed> in(String namespace) {
        return byNamespace.computeIfAbsent(
                namespace,
                key -> policies.unanalysed().stream()
                        .filter(policy -> policy.couldSelectIn(key))
                        .toList());
    }

    private static Evidence cast(Evidence failure, Optional<Unanalysed> policy) {
        return policy.map(other -> Evidence.unknown(
                        failure.control(),
                        failure.subject(),
                        Reason.PARTIAL_ANALYSIS,
                        failure.message() + "; " + other.id().kind() + " "
                                + other.id().name() + " could change that and is not analysed yet",
                        other.source()))
                .orElse(failure);
    }
}
