package io.plimsoll.segmentation.mesh;

import io.plimsoll.kubernetes.ResourceId;
import io.plimsoll.segmentation.policy.LabelSelector;
import java.util.List;
import java.util.Map;

/**
 * One AuthorizationPolicy of Istio.
 *
 * @param everywhere true in the root namespace, whose policies hold for the whole mesh
 */
public record AuthorizationPolicy(
        ResourceId id, boolean everywhere, LabelSelector subject, Action action, List<AuthorizationRule> rules) {

    /** In the order they are asked. */
    public enum Action {
        /** Somebody else decides, who is not in the input: what matches may be denied. */
        CUSTOM,
        DENY,
        ALLOW
    }

    public AuthorizationPolicy {
        rules = List.copyOf(rules);
    }

    public boolean selects(String namespace, Map<String, String> labels) {
        return (everywhere || id.namespace().equals(namespace)) && subject.matches(labels);
    }
}
