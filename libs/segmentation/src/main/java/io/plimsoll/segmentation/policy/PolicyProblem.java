package io.plimsoll.segmentation.policy;

import io.plimsoll.kernel.Source;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.ResourceId;
import java.util.Comparator;

/**
 * A field of a policy that an API server would refuse, or that makes an answer less than certain. A rule that cannot be read
 * fails closed; the rest of the policy counts.
 *
 * @param path of the field, for instance {@code spec.ingress[0].from[1].ipBlock.cidr}
 * @param message one sentence
 */
public record PolicyProblem(ResourceId policy, String path, String message, Source source)
        implements Comparable<PolicyProblem> {

    private static final Comparator<PolicyProblem> ORDER = Comparator.comparing(PolicyProblem::policy)
            .thenComparing(PolicyProblem::source)
            .thenComparing(PolicyProblem::path)
            .thenComparing(PolicyProblem::message);

    static PolicyProblem declaredTwice(Resource policy) {
        return new PolicyProblem(
                policy.id(),
                "metadata.name",
                "declared more than once with different content: which one is in force is not known",
                policy.source());
    }

    /** Of two cluster-wide policies of one tier and priority. */
    public static PolicyProblem ambiguous(TieredPolicy policy, TieredPolicy other) {
        return new PolicyProblem(
                policy.id(),
                "spec.priority",
                "has priority " + policy.priority() + " as " + other.id().kind() + " "
                        + other.id().name()
                        + ", which decides some connections otherwise: which of the two is asked first is not defined",
                policy.source());
    }

    @Override
    public int compareTo(PolicyProblem other) {
        return ORDER.compare(this, other);
    }
}
