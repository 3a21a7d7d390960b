package io.plimsoll.audit.guardrail.cel;

import io.plimsoll.kubernetes.value.Value;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The text of an expression with the text of every variable it comes to, for telling what it touches. */
public final class VariableText {

    private static final Pattern NAME = Pattern.compile("\\bvariables\\.(\\w+)");

    private VariableText() {}

    public static String of(String expression, List<Value> variables) {
        StringBuilder text = new StringBuilder();
        collect(expression, variables, new HashSet<>(), text);
        return text.toString();
    }

    private static void collect(String expression, List<Value> variables, Set<String> seen, StringBuilder text) {
        text.append(expression).append('\n');
        Matcher names = NAME.matcher(expression);
        while (names.find()) {
            String name = names.group(1);
            if (seen.add(name)) {
                variables.stream()
                        .filter(variable -> variable.text("name").equals(name))
                        .forEach(variable -> collect(variable.text("expression"), variables, seen, text));
            }
        }
    }
}
