package io.plimsoll.audit.control;

import java.util.Map;
import java.util.Optional;

/**
 * How a control is answered: by a judge of this build, by an expression, or by both, which then are one question asked twice:
 * the judge in audits, the expression where a cluster is to ask it at admission.
 *
 * @param java name of the judge; empty when there is none
 */
public record Logic(String java, Optional<Expression> cel) {

    public Logic {
        if (java.isEmpty() && cel.isEmpty()) {
            throw new IllegalArgumentException("a control without logic");
        }
    }

    /** What an expression is about. */
    public enum Each {
        /** {@code object} as at admission. */
        OBJECT,
        /** {@code variables.pod}: the pod specification, wherever its kind keeps it. */
        POD,
        /** {@code container}, each of init, main and ephemeral ones. */
        CONTAINER
    }

    /**
     * CEL of admission; true is good. Besides the names of admission it may use {@code variables.pod},
     * {@code variables.podMetadata}, {@code variables.containers} and its own variables.
     *
     * @param variables by name, each in terms of those before it
     * @param path of the field that decides, below what {@code each} names; may be empty
     * @param message what is wrong and what to do
     */
    public record Expression(
            Each each, Map<String, String> variables, String expression, String path, String message) {}
}
