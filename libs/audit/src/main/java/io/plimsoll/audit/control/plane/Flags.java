package io.plimsoll.audit.control.plane;

import io.plimsoll.audit.podsecurity.ContainerFields;
import io.plimsoll.audit.podsecurity.Field;
import io.plimsoll.audit.podsecurity.PodFields;
import io.plimsoll.kubernetes.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The command line of a control-plane component: {@code --flag=value}, {@code --flag value} and {@code --flag}, the last of a
 * repeated one counting.
 *
 * @param container that runs it
 * @param values by flag, without dashes
 */
record Flags(ContainerFields container, Map<String, Field> values) {

    Flags {
        values = Map.copyOf(values);
    }

    /** Empty when no container of the pod runs the component. */
    static Optional<Flags> of(PodFields pod, String component) {
        for (ContainerFields container : pod.containers()) {
            List<Field> words = new ArrayList<>(container.at("command").items());
            words.addAll(container.at("args").items());
            if (runs(words, container, component)) {
                return Optional.of(new Flags(container, values(words)));
            }
        }
        return Optional.empty();
    }

    /** Some run it through a shell or a wrapper, so any of the first words may be the program. */
    private static boolean runs(List<Field> words, ContainerFields container, String component) {
        for (Field word : words.subList(0, Math.min(words.size(), 3))) {
            String text = word.text().orElse("");
            if (text.equals(component) || text.endsWith("/" + component)) {
                return true;
            }
        }
        return container.container().name().equals(component)
                && words.stream().anyMatch(word -> word.text().orElse("").startsWith("--"));
    }

    private static Map<String, Field> values(List<Field> words) {
        Map<String, Field> values = new HashMap<>();
        for (int i = 0; i < words.size(); i++) {
            Field word = words.get(i);
            String text = word.text().orElse("").strip();
            if (!text.startsWith("-")) {
                continue;
            }
            String flag = text.replaceFirst("^-{1,2}", "");
            int equals = flag.indexOf('=');
            String next = i + 1 < words.size() ? words.get(i + 1).text().orElse("") : "";
            String value =
                    equals >= 0 ? flag.substring(equals + 1) : next.isEmpty() || next.startsWith("-") ? "true" : next;
            values.put(
                    equals >= 0 ? flag.substring(0, equals) : flag,
                    new Field(word.path(), new Value.Text(value, word.value().line()), word.source()));
        }
        return values;
    }

    boolean has(String flag) {
        return values.containsKey(flag);
    }

    /** Empty when it is not given. */
    String value(String flag) {
        Field field = values.get(flag);
        return field == null ? "" : field.shown();
    }

    /** The items of a comma-separated value. */
    List<String> items(String flag) {
        String value = value(flag);
        return value.isEmpty() ? List.of() : List.of(value.split("\\s*,\\s*"));
    }

    /** Where a flag stands, or where it should. */
    Field at(String flag) {
        Field field = values.get(flag);
        return field != null ? field : container.at("command");
    }
}
