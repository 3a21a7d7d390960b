package io.plimsoll.scanning.secret;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code NAME=value} whose name says that the value is a credential: environment, build history, credentials files. */
final class Assignments {

    private static final Pattern NAME = Pattern.compile(
            "(?i)(?:^|[_.-])(?:password|passwd|passphrase|pwd|secret|token|api_?key|access_?key|private_?key|credentials?)(?:$|[_.-](?:key|value|b64|base64)$)");
    private static final Pattern ASSIGNMENT =
            Pattern.compile("([A-Za-z_][A-Za-z0-9_.-]{2,60})\\s*[=:]\\s*[\"']?([^\\s\"'&|;]{4,500})");

    private Assignments() {}

    /** A credential and the name it is given. */
    record Assigned(String name, String value) {}

    /** The first credential assigned in a text, empty when there is none. */
    static Optional<Assigned> find(String text) {
        Matcher assignment = ASSIGNMENT.matcher(text);
        while (assignment.find()) {
            if (isSecret(assignment.group(1), assignment.group(2))) {
                return Optional.of(new Assigned(assignment.group(1), assignment.group(2)));
            }
        }
        return Optional.empty();
    }

    /** A value that is a place to look or was meant to be filled in is none. */
    static boolean isSecret(String name, String value) {
        if (!NAME.matcher(name).find() || value.length() < 4) {
            return false;
        }
        String lower = value.toLowerCase(Locale.ROOT);
        return !value.startsWith("$")
                && !value.startsWith("<")
                && !value.startsWith("/")
                && !value.startsWith("{{")
                && !value.startsWith("%")
                && !lower.contains("changeme")
                && !lower.contains("example")
                && !lower.matches("true|false|none|null|yes|no|disabled|enabled|optional|required|x{4,}|\\*+");
    }
}
