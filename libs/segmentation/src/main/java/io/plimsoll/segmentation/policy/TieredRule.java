package io.plimsoll.segmentation.policy;

/**
 * One rule of a cluster-wide policy; the first of a policy that matches decides.
 *
 * @param name as written, or its place such as {@code spec.ingress[0]}
 */
public record TieredRule(Action action, String name, Rule rule) {

    public Grant grant() {
        return rule.grant();
    }
}
