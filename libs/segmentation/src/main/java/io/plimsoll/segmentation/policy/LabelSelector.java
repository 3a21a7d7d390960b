package io.plimsoll.segmentation.policy;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A label selector: all requirements must hold.
 *
 * @param requirements sorted, each once, so that selectors written differently with the same conditions are equal
 */
public record LabelSelector(List<Requirement> requirements) {

    public static final LabelSelector EVERYTHING = new LabelSelector(List.of());

    public LabelSelector {
        requirements = requirements.stream().distinct().sorted().toList();
    }

    public boolean matches(Map<String, String> labels) {
        for (Requirement requirement : requirements) {
            if (!requirement.matches(labels)) {
                return false;
            }
        }
        return true;
    }

    /** True for the empty selector, which matches whatever the labels are. */
    public boolean isEverything() {
        return requirements.isEmpty();
    }

    /** True when some requirement is written under matchExpressions. */
    public boolean hasExpressions() {
        return requirements.stream().anyMatch(Requirement::expression);
    }

    /** {@code {app=web,{Key:tier,Operator:Exists,Values:[],}}}: labels first. */
    @Override
    public String toString() {
        return Stream.concat(
                        requirements.stream().filter(requirement -> !requirement.expression()),
                        requirements.stream().filter(Requirement::expression))
                .map(Requirement::toString)
                .collect(Collectors.joining(",", "{", "}"));
    }
}
