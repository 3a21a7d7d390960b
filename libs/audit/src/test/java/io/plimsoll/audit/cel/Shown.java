package io.plimsoll.audit.cel;

import java.util.Optional;

/** Outcomes as tables of vectors write them. */
final class Shown {

    private Shown() {}

    /** The value as text; COMPILE for what the API server refuses, FAIL for what fails there, UNKNOWN for what a file cannot tell, BUDGET for what takes too much. */
    static String of(Compiled compiled, Activation activation) {
        return switch (compiled) {
            case Compiled.Unreadable unreadable ->
                unreadable.why().startsWith("not auditable: it asks") ? "UNKNOWN" : "COMPILE";
            case Compiled.Ready ready ->
                switch (activation.evaluate(ready)) {
                    case Outcome.Result result ->
                        result.value() instanceof Optional<?> optional && optional.isEmpty()
                                ? "none"
                                : result.value().toString();
                    case Outcome.Failed failed -> "FAIL";
                    case Outcome.Unknown unknown -> unknown.why().startsWith("budget: ") ? "BUDGET" : "UNKNOWN";
                };
        };
    }
}
