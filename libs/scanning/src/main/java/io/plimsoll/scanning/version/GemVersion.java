package io.plimsoll.scanning.version;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * RubyGems' order (Gem::Version): numbers above words, a missing segment is 0, a hyphen starts a pre-release, trailing
 * zeros of the release and of the pre-release do not count.
 */
final class GemVersion {
    private static final int WORD = 0;
    private static final int NUMBER = 1;
    private static final Pattern SHAPE =
            Pattern.compile("[0-9]+(?:\\.[0-9a-zA-Z]+)*(?:-[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*)?");
    private static final Pattern SEGMENT = Pattern.compile("[0-9]+|[a-zA-Z]+");

    private GemVersion() {}

    static TokenSequence read(String text) {
        if (!SHAPE.matcher(text).matches() && !isLoose(text)) {
            throw new MalformedVersion("not of RubyGems' shape: numbers, then words, between dots");
        }
        List<Token> release = new ArrayList<>();
        List<Token> pre = new ArrayList<>();
        Matcher segment = SEGMENT.matcher(text.replace("-", ".pre."));
        while (segment.find()) {
            boolean number = Decimal.isNumber(segment.group());
            Token token = number ? Token.number(NUMBER, segment.group()) : Token.word(WORD, segment.group());
            (number && pre.isEmpty() ? release : pre).add(token);
        }
        trimZeros(release);
        trimZeros(pre);
        release.addAll(pre);
        return new TokenSequence(release, Token.number(NUMBER, "0"));
    }

    /** {@code 1gamma}: RubyGems no longer publishes such, but old ones stand. */
    private static boolean isLoose(String text) {
        return text.matches("[0-9][0-9a-zA-Z]*(?:\\.[0-9a-zA-Z]+)*");
    }

    private static void trimZeros(List<Token> tokens) {
        while (!tokens.isEmpty()
                && tokens.getLast().number()
                && Decimal.isZero(tokens.getLast().text())) {
            tokens.removeLast();
        }
    }
}
