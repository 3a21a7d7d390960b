package io.plimsoll.segmentation.policy;

import io.plimsoll.kernel.Source;
import io.plimsoll.kubernetes.ResourceId;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * One NetworkPolicy as written in one place.
 *
 * @param subject the pods it selects, in its own namespace
 * @param rules per direction in effect, in the order of the manifest, none for a plain deny; a direction that is not a key
 *     is not touched by this policy, whatever is written under it
 * @param ignored where rules of a direction stand that is not in effect
 */
public record NetworkPolicy(
        ResourceId id,
        LabelSelector subject,
        Map<Direction, List<Rule>> rules,
        Map<Direction, Source> ignored,
        Source source) {

    public NetworkPolicy {
        Map<Direction, List<Rule>> copy = new EnumMap<>(Direction.class);
        rules.forEach((direction, list) -> copy.put(direction, List.copyOf(list)));
        rules = copy;
        ignored = Map.copyOf(ignored);
    }

    /** True when a pod with these labels is isolated by it: only what some policy allows passes. */
    public boolean isolates(Map<String, String> labels, Direction direction) {
        return rules.containsKey(direction) && subject.matches(labels);
    }

    /** Its rules in one direction; none where the direction is not in effect. */
    public List<Rule> rules(Direction direction) {
        return rules.getOrDefault(direction, List.of());
    }

    /** Its rules in all directions in effect. */
    public List<Rule> everyRule() {
        return rules.values().stream().flatMap(List::stream).toList();
    }

    /** Isolates every pod of the namespace in the direction and allows nothing: not even by a rule that cannot be read. */
    public boolean isDefaultDeny(Direction direction) {
        return rules.containsKey(direction)
                && subject.isEverything()
                && rules(direction).isEmpty();
    }
}
