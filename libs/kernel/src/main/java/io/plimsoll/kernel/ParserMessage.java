package io.plimsoll.kernel;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a parser of a library says of bad input, as people may read it. */
public final class ParserMessage {

    /** Longer ones quote the input. */
    private static final int LENGTH_MAX = 200;

    /** Where the parser was, which is said already, and names of its own settings. */
    private static final Pattern OF_ITSELF = Pattern.compile(" \\(start marker at .*|, from `[^`]*`", Pattern.DOTALL);

    private ParserMessage() {}

    /** Its first line without what it says of itself; empty for none. */
    public static String of(@Nullable String message) {
        if (message == null) {
            return "";
        }
        String plain = OF_ITSELF.matcher(message).replaceAll("");
        String line = plain.split("\n", 2)[0];
        return line.length() > LENGTH_MAX ? line.substring(0, LENGTH_MAX) : line;
    }
}
