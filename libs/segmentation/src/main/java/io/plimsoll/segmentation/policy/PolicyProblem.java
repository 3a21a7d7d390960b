package io.plimsoll.segmentation.policy;

import io.plimsoll.kernel.Source;
import io.plimsoll.kubernetes.ResourceId;
import java.util.Comparator;

/**
 * A field of a policy that an API server would refuse. The rule it stands in allows nothing; the rest of the policy counts.
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

    @Override
    public int compareTo(PolicyProblem other) {
        return ORDER.compare(this, other);
    }
}
