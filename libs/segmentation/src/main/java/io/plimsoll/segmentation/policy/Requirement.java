package io.plimsoll.segmentation.policy;

import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * One condition on one label.
 *
 * @param values sorted, each once; empty for the operators that ask for none
 */
public record Requirement(String key, Operator operator, List<String> values) implements Comparable<Requirement> {

    private static final Comparator<Requirement> ORDER = Comparator.comparing(Requirement::key)
            .thenComparing(Requirement::operator)
            .thenComparing(requirement -> String.join("\0", requirement.values()));

    /** How a label is asked for; a missing label satisfies both negations. */
    public enum Operator {
        IN,
        NOT_IN,
        EXISTS,
        DOES_NOT_EXIST
    }

    public Requirement {
        values = values.stream().distinct().sorted().toList();
        boolean takesValues = operator == Operator.IN || operator == Operator.NOT_IN;
        if (takesValues == values.isEmpty()) {
            throw new IllegalArgumentException(operator + " with " + values.size() + " values");
        }
    }

    public boolean matches(Map<String, String> labels) {
        String value = labels.get(key);
        return switch (operator) {
            case IN -> value != null && values.contains(value);
            case NOT_IN -> value == null || !values.contains(value);
            case EXISTS -> value != null;
            case DOES_NOT_EXIST -> value == null;
        };
    }

    @Override
    public int compareTo(Requirement other) {
        return ORDER.compare(this, other);
    }
}
