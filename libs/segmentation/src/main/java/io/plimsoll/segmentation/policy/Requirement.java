package io.plimsoll.segmentation.policy;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * One condition on one label.
 *
 * @param values sorted, each once; empty for the operators that ask for none
 * @param expression whether it is written under matchExpressions; for people alone, two that ask for the same are equal
 */
public record Requirement(String key, Operator operator, List<String> values, boolean expression)
        implements Comparable<Requirement> {

    private static final Comparator<Requirement> ORDER = Comparator.comparing(Requirement::key)
            .thenComparing(Requirement::operator)
            .thenComparing(requirement -> String.join("\0", requirement.values()));

    /** How a label is asked for; a missing label satisfies both negations. */
    public enum Operator {
        IN("In"),
        NOT_IN("NotIn"),
        EXISTS("Exists"),
        DOES_NOT_EXIST("DoesNotExist");

        private final String written;

        Operator(String written) {
            this.written = written;
        }
    }

    public Requirement {
        values = values.stream().distinct().sorted().toList();
        boolean takesValues = operator == Operator.IN || operator == Operator.NOT_IN;
        if (takesValues == values.isEmpty()) {
            throw new IllegalArgumentException(operator + " with " + values.size() + " values");
        }
    }

    /** The same asked of another key. */
    Requirement of(String otherKey) {
        return new Requirement(otherKey, operator, values, expression);
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
    public boolean equals(Object other) {
        return other instanceof Requirement that
                && key.equals(that.key)
                && operator == that.operator
                && values.equals(that.values);
    }

    @Override
    public int hashCode() {
        return Objects.hash(key, operator, values);
    }

    /** {@code app=web}, or an expression as Kubernetes prints it: {@code {Key:app,Operator:In,Values:[web],}}. */
    @Override
    public String toString() {
        return expression
                ? "{Key:" + key + ",Operator:" + operator.written + ",Values:[" + String.join(" ", values) + "],}"
                : key + "=" + values.getFirst();
    }

    @Override
    public int compareTo(Requirement other) {
        return ORDER.compare(this, other);
    }
}
