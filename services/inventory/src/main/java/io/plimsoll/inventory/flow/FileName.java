package io.plimsoll.inventory.flow;

import io.plimsoll.problem.Problem;
import io.plimsoll.problem.ProblemException;
import java.util.Arrays;

/** Names of uploaded files: relative, with {@code /} between folders, and never a way out. */
public final class FileName {

    /** Longest, in characters. */
    public static final int CHARS_MAX = 1_024;

    private FileName() {}

    /** @throws ProblemException of {@link Problem#MALFORMED} */
    public static String checked(String name) {
        String fault = fault(name);
        if (!fault.isEmpty()) {
            String shown = name.length() > 80 ? name.substring(0, 80) + "…" : name;
            throw new ProblemException(
                    Problem.MALFORMED,
                    "\"" + shown.replaceAll("\\p{Cntrl}", "?") + "\" cannot be a file's name: " + fault);
        }
        return name;
    }

    private static String fault(String name) {
        if (name.isEmpty()) {
            return "it is empty";
        }
        if (name.length() > CHARS_MAX) {
            return "it is longer than " + CHARS_MAX + " characters";
        }
        if (name.startsWith("/") || name.indexOf('\\') >= 0) {
            return "it must be relative, with / between folders";
        }
        if (name.chars().anyMatch(Character::isISOControl)) {
            return "it holds a control character";
        }
        return Arrays.asList(name.split("/", -1)).contains("..") ? "it leads out with .." : "";
    }
}
