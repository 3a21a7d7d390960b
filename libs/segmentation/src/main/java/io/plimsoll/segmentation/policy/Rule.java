package io.plimsoll.segmentation.policy;

import io.plimsoll.kernel.Source;
import io.plimsoll.kubernetes.ResourceId;

/**
 * One rule of a policy.
 *
 * @param path in the policy, for instance {@code spec.ingress[0]}
 */
public record Rule(ResourceId policy, Grant grant, String path, Source source) {

    /** Its place among the rules of its direction, from 1; 1 where there is no list. */
    public int number() {
        int open = path.lastIndexOf('[');
        return open < 0 ? 1 : Integer.parseInt(path.substring(open + 1, path.length() - 1)) + 1;
    }
}
