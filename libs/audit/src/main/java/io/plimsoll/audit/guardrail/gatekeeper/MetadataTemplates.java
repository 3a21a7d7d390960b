package io.plimsoll.audit.guardrail.gatekeeper;

import io.plimsoll.audit.guardrail.Intent;
import io.plimsoll.audit.guardrail.review.BoundedPattern;
import io.plimsoll.audit.guardrail.rule.Verdict;
import io.plimsoll.kubernetes.value.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Templates about labels and annotations. */
final class MetadataTemplates {

    static final List<Template> ALL = List.of(
            Template.of(
                    "K8sRequiredLabels",
                    Intent.LABELS,
                    Set.of("labels", "message"),
                    call -> required(call, "labels", call.review().labels())),
            Template.of(
                    "K8sRequiredAnnotations",
                    Intent.ANNOTATIONS,
                    Set.of("annotations", "message"),
                    call -> required(call, "annotations", call.review().annotations())));

    private MetadataTemplates() {}

    private static Verdict required(Call call, String parameter, Map<String, String> provided) {
        List<Value> wanted = call.parameter(parameter).items();
        if (wanted.isEmpty()) {
            return Verdict.NOT_ASKED;
        }
        for (Value each : wanted) {
            String key = each.text("key");
            if (key.isEmpty()) {
                // Another template of the same name lists plain keys.
                return new Verdict.Unknown("its template is none that is known here");
            }
            String value = provided.get(key);
            if (value == null) {
                return new Verdict.Refused("it lacks " + key);
            }
            String pattern = each.text("allowedRegex");
            Optional<Boolean> found = pattern.isEmpty() ? Optional.of(true) : BoundedPattern.find(pattern, value);
            if (found.isEmpty()) {
                return new Verdict.Unknown("the pattern for " + key + " cannot be evaluated");
            }
            if (!found.get()) {
                return new Verdict.Refused("its " + key + " is not one of those allowed");
            }
        }
        return Verdict.ADMITTED;
    }
}
