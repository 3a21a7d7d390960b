package io.plimsoll.audit.guardrail.gatekeeper;

import io.plimsoll.audit.guardrail.Intent;
import io.plimsoll.audit.guardrail.rule.Verdict;
import io.plimsoll.kubernetes.value.Value;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * What one template of Gatekeeper's library asks.
 *
 * @param kind of the constraints made from it
 * @param parameters the keys it knows: another key means another template of the same name
 * @param intents by the constraint's parameters
 */
record Template(
        String kind, Set<String> parameters, Function<Value, List<Intent>> intents, Function<Call, Verdict> check) {

    /** A template that is for one thing, whatever its parameters. */
    static Template of(String kind, Intent intent, Set<String> parameters, Function<Call, Verdict> check) {
        return new Template(kind, parameters, given -> List.of(intent), check);
    }

    boolean knows(Value given) {
        return parameters.containsAll(given.fields().keySet());
    }
}
