package io.plimsoll.audit.control.pod;

import io.plimsoll.audit.control.question.Answer;
import io.plimsoll.audit.control.question.Judge;
import io.plimsoll.audit.control.question.Parameters;
import io.plimsoll.audit.guardrail.review.BoundedPattern;
import io.plimsoll.audit.podsecurity.Field;
import io.plimsoll.kubernetes.value.Value;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Credentials where people can read them. */
public final class Secrets {

    /** Longest value a pattern is tried on, in characters. */
    private static final int VALUE_CHARS_MAX = 64 << 10;

    private Secrets() {}

    public static Judge.OfPods inEnvironment() {
        return Containers.judging((pod, container, asked) -> {
            for (Field variable : container.at("env").items()) {
                Field reference = variable.at("valueFrom", "secretKeyRef");
                if (reference.written()) {
                    return Answer.wrong(
                            container.container().name(),
                            reference,
                            container.title() + " gets a secret as environment variable "
                                    + variable.value().text("name") + "; mount it as a file");
                }
            }
            for (Field source : container.at("envFrom").items()) {
                Field reference = source.at("secretRef");
                if (reference.written()) {
                    return Answer.wrong(
                            container.container().name(),
                            reference,
                            container.title() + " gets a whole secret as environment variables; mount it as files");
                }
            }
            return Answer.GOOD;
        });
    }

    /** A literal value under a telling name, or one that has the form of a key. */
    public static Judge.OfPods literal() {
        return Containers.judging((pod, container, asked) -> {
            Telling telling = Telling.of(asked.parameters());
            for (Field variable : container.at("env").items()) {
                Field value = variable.at("value");
                String name = variable.value().text("name");
                if (telling.credential(name, value.text().orElse(""))) {
                    return Answer.wrongAndHidden(
                            container.container().name(),
                            value,
                            container.title() + " holds a credential in clear text in " + name
                                    + "; keep it in a Secret and mount that");
                }
            }
            return Answer.GOOD;
        });
    }

    public static Judge.OfObjects inConfigMap() {
        return (map, asked) -> {
            Telling telling = Telling.of(asked.parameters());
            for (Map.Entry<String, Value> entry : map.body().at("data").fields().entrySet()) {
                String text = entry.getValue().text().orElse("");
                if (telling.credential(entry.getKey(), text)) {
                    Field field =
                            new Field("data['" + entry.getKey() + "']", entry.getValue(), map.at(entry.getValue()));
                    return Answer.wrongAndHidden(
                            "", field, entry.getKey() + " looks like a credential; keep it in a Secret");
                }
            }
            return Answer.GOOD;
        };
    }

    /** What says credential. */
    private record Telling(
            List<String> names,
            List<String> endings,
            List<String> harmless,
            List<String> values,
            List<String> patterns) {

        static Telling of(Parameters parameters) {
            return new Telling(
                    parameters.texts("names"),
                    parameters.texts("endings"),
                    parameters.texts("harmlessNames"),
                    parameters.texts("harmlessValues"),
                    parameters.texts("valuePatterns"));
        }

        boolean credential(String name, String value) {
            if (value.isBlank()
                    || values.contains(value)
                    || value.strip().startsWith("$(")
                    || value.strip().startsWith("{{")) {
                return false;
            }
            String upper = name.toUpperCase(Locale.ROOT).replace('-', '_').replace('.', '_');
            boolean about = harmless.stream().anyMatch(upper::endsWith);
            boolean says =
                    names.stream().anyMatch(upper::contains) || endings.stream().anyMatch(("_" + upper)::endsWith);
            if (!about && value.length() <= 4096 && says) {
                return true;
            }
            String head = value.length() <= VALUE_CHARS_MAX ? value : value.substring(0, VALUE_CHARS_MAX);
            return patterns.stream()
                    .anyMatch(pattern -> BoundedPattern.find(pattern, head).orElse(false));
        }
    }
}
