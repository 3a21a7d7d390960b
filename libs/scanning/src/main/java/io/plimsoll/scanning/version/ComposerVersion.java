package io.plimsoll.scanning.version;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Packagist's order: PHP's version_compare on the version without its leading {@code v}. By their beginnings, any other word
 * &lt; dev &lt; a &lt; b &lt; rc &lt; the end &lt; a number &lt; p; other words are equal to one another. {@code #} stands for any
 * number. {@code 1.0.0} is above {@code 1.0}.
 */
record ComposerVersion(List<Token> tokens) implements VersionKey {
    private static final int END = 5;
    private static final int NUMBER = 6;
    private static final String ANY = "#";
    private static final Pattern PIECE = Pattern.compile("\\d+|#|[^\\d#.+_-]+");

    static ComposerVersion read(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.startsWith("v") && lower.length() > 1 && Decimal.isDigit(lower.charAt(1))) {
            lower = lower.substring(1);
        }
        List<Token> tokens = new ArrayList<>();
        Matcher piece = PIECE.matcher(lower);
        while (piece.find()) {
            tokens.add(token(piece.group()));
        }
        if (tokens.isEmpty() || (tokens.getFirst().rank() != NUMBER && !isBranch(lower))) {
            throw new MalformedVersion("neither a number at its start nor a branch");
        }
        return new ComposerVersion(List.copyOf(tokens));
    }

    private static boolean isBranch(String lower) {
        return lower.startsWith("dev-") || lower.endsWith("-dev");
    }

    private static Token token(String piece) {
        if (piece.equals(ANY) || Decimal.isNumber(piece)) {
            return Token.number(NUMBER, piece);
        }
        return Token.mark(rank(piece));
    }

    /** PHP looks at a word's beginning only: {@code patch} and {@code post} are {@code p}. */
    private static int rank(String word) {
        if (word.startsWith("dev")) {
            return 1;
        }
        if (word.startsWith("rc")) {
            return 4;
        }
        return switch (word.charAt(0)) {
            case 'a' -> 2;
            case 'b' -> 3;
            case 'p' -> 7;
            default -> 0;
        };
    }

    @Override
    public int compareWith(VersionKey key) {
        List<Token> others = ((ComposerVersion) key).tokens;
        for (int i = 0; i < Math.max(tokens.size(), others.size()); i++) {
            Token mine = i < tokens.size() ? tokens.get(i) : Token.mark(END);
            Token theirs = i < others.size() ? others.get(i) : Token.mark(END);
            boolean any = mine.rank() == theirs.rank()
                    && (mine.text().equals(ANY) || theirs.text().equals(ANY));
            int byToken = any ? 0 : mine.compareTo(theirs);
            if (byToken != 0) {
                return byToken;
            }
        }
        return 0;
    }
}
