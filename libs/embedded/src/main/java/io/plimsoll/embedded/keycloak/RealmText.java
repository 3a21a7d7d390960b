package io.plimsoll.embedded.keycloak;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.plimsoll.embedded.EmbeddedProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A realm file with its placeholders, {@code ${NAME}}, filled in: the form that Keycloak's own import fills too. */
final class RealmText {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([A-Z][A-Z0-9_]*)}");

    private RealmText() {}

    /** @throws EmbeddedProblem when a name has no value */
    static String of(Path file, Map<String, String> values) throws IOException {
        return PLACEHOLDER.matcher(Files.readString(file)).replaceAll(found -> filled(file, found, values));
    }

    private static String filled(Path file, MatchResult found, Map<String, String> values) {
        String value = values.get(found.group(1));
        if (value == null) {
            throw new EmbeddedProblem(file + ": nothing to fill in for ${" + found.group(1) + "}");
        }
        return Matcher.quoteReplacement(
                new String(JsonStringEncoder.getInstance().quoteAsString(value)));
    }
}
