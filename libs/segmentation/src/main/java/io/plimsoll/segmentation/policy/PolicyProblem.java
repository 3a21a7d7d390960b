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

    @Override
    public int compareTo(PolicyProblem other) {
        return ORDER.compare(this, other);
    }
}
