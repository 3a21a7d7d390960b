package io.plimsoll.audit.export;

import java.util.List;
import java.util.Map;

/**
 * A control that an API server can ask at admission.
 *
 * @param id of the control, of which the policy's name is made
 * @param title what should be so, in one line
 * @param targets what it is asked of
 * @param variables of its own by name, each in terms of those before it and of {@link PodVariables}
 * @param parts each of which must hold, at least one
 */
public record Exportable(String id, String title, Targets targets, Map<String, String> variables, List<Part> parts) {

    /** What a part is about. */
    public enum Each {
        /** {@code object}. */
        OBJECT,
        /** {@code variables.pod}: the pod specification, wherever the object keeps it. */
        POD,
        /** {@code container}: each init, main and ephemeral container of the pod. */
        CONTAINER
    }

    /**
     * One validation.
     *
     * @param expression CEL; true is good
     * @param message what is wrong and what to do; behind the names of the containers where it is about them
     */
    public record Part(Each each, String expression, String message) {}

    public Exportable {
        parts = List.copyOf(parts);
        if (parts.isEmpty()) {
            throw new IllegalArgumentException(id + ": a control that asks nothing");
        }
    }

    /** A control about what runs pods. */
    static Exportable ofPods(String id, String title, List<Part> parts) {
        return new Exportable(id, title, Targets.PODS, Map.of(), parts);
    }

    static Part pod(String expression, String message) {
        return new Part(Each.POD, expression, message);
    }

    static Part container(String expression, String message) {
        return new Part(Each.CONTAINER, expression, message);
    }
}
