package io.plimsoll.segmentation.policy;

import io.plimsoll.kernel.Source;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.ResourceId;
import io.plimsoll.kubernetes.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads label selectors. What cannot be read goes to the log; what is returned then is not to be used. */
public final class SelectorReader {

    private static final Set<String> FIELDS = Set.of("matchLabels", "matchExpressions");

    private static final Map<String, Requirement.Operator> OPERATORS = Map.of(
            "In", Requirement.Operator.IN,
            "NotIn", Requirement.Operator.NOT_IN,
            "Exists", Requirement.Operator.EXISTS,
            "DoesNotExist", Requirement.Operator.DOES_NOT_EXIST);

    /** Stands for the object of a selector whose problems nobody asks for. */
    private static final Resource NOBODY =
            new Resource(new ResourceId("", "", "", "", ""), "", Value.MISSING, Source.NONE, List.of());

    private SelectorReader() {}

    /** The selector written, outside of a policy; nothing when it cannot be read. */
    public static Optional<LabelSelector> read(Value selector) {
        ProblemLog log = new ProblemLog(NOBODY);
        LabelSelector read = read(selector, "", log);
        return log.count() > 0 ? Optional.empty() : Optional.of(read);
    }

    /** As {@link #read(Value)}, with keys that name the source of a label, such as {@code k8s:app}. */
    static Optional<LabelSelector> readAnyKey(Value selector) {
        ProblemLog log = new ProblemLog(NOBODY);
        LabelSelector read = read(selector, "", log);
        return log.problems().stream().allMatch(problem -> problem.message().endsWith("is not the key of a label"))
                ? Optional.of(read)
                : Optional.empty();
    }

    /** The selector written; one that is missing, null or empty matches everything. */
    static LabelSelector read(Value selector, String path, ProblemLog log) {
        if (!selector.present()) {
            return LabelSelector.EVERYTHING;
        }
        if (!(selector instanceof Value.Obj obj)) {
            log.add(selector, path, "a label selector is a mapping");
            return LabelSelector.EVERYTHING;
        }
        obj.fields().forEach((field, value) -> {
            if (!FIELDS.contains(field)) {
                log.add(value, path + "." + field, "a label selector has matchLabels and matchExpressions only");
            }
        });
        List<Requirement> requirements = new ArrayList<>();
        matchLabels(obj.at("matchLabels"), path + ".matchLabels", requirements, log);
        matchExpressions(obj.at("matchExpressions"), path + ".matchExpressions", requirements, log);
        return new LabelSelector(requirements);
    }

    private static void matchLabels(Value labels, String path, List<Requirement> requirements, ProblemLog log) {
        if (labels.present() && !(labels instanceof Value.Obj)) {
            log.add(labels, path, "matchLabels is a mapping of labels");
            return;
        }
        if (labels instanceof Value.Obj obj) {
            obj.fields().forEach((key, value) -> {
                String where = path + "." + key;
                if (value instanceof Value.Obj || value instanceof Value.Arr) {
                    log.add(value, where, "the value of a label is a text");
                } else {
                    condition(value, where, key, List.of(value.text().orElse("")), log);
                }
            });
        }
        Labels.of(labels)
                .forEach((key, value) ->
                        requirements.add(new Requirement(key, Requirement.Operator.IN, List.of(value), false)));
    }

    private static void condition(Value field, String path, String key, List<String> values, ProblemLog log) {
        if (!Labels.isKey(key)) {
            log.add(field, path, "\"" + key + "\" is not the key of a label");
        }
        for (String value : values) {
            if (!Labels.isValue(value)) {
                log.add(field, path, "\"" + value + "\" is not the value of a label");
            }
        }
    }

    private static void matchExpressions(Value list, String path, List<Requirement> requirements, ProblemLog log) {
        if (list.present() && !(list instanceof Value.Arr)) {
            log.add(list, path, "matchExpressions is a list");
            return;
        }
        List<Value> expressions = list.items();
        for (int i = 0; i < expressions.size(); i++) {
            expression(expressions.get(i), path + "[" + i + "]", requirements, log);
        }
    }

    private static void expression(Value expression, String path, List<Requirement> requirements, ProblemLog log) {
        String key = expression.text("key");
        if (key.isEmpty()) {
            log.add(expression, path + ".key", "an expression names a label by its key");
            return;
        }
        String written = expression.text("operator");
        Requirement.Operator operator = OPERATORS.get(written);
        if (operator == null) {
            log.add(
                    expression.at("operator").present() ? expression.at("operator") : expression,
                    path + ".operator",
                    "the operator is In, NotIn, Exists or DoesNotExist, not \"" + written + "\"");
            return;
        }
        Value values = expression.at("values");
        boolean takesValues = operator == Requirement.Operator.IN || operator == Requirement.Operator.NOT_IN;
        if (values.present() && !(values instanceof Value.Arr)) {
            log.add(values, path + ".values", "values is a list");
        } else if (takesValues && values.texts().isEmpty()) {
            log.add(expression, path + ".values", written + " needs at least one value");
        } else if (!takesValues && !values.items().isEmpty()) {
            log.add(values, path + ".values", written + " takes no values");
        } else {
            condition(expression, path, key, values.texts(), log);
            requirements.add(new Requirement(key, operator, values.texts(), true));
        }
    }
}
