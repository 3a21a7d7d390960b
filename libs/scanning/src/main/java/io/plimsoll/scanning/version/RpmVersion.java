package io.plimsoll.scanning.version;

import java.util.ArrayList;
import java.util.List;

/**
 * {@code [epoch:]version[-release]} in RPM's order (rpm-version(7), rpmvercmp): stretches of digits or letters, digits
 * above letters, {@code ~} below an end, {@code ^} just above it; every other character only separates. A missing
 * release is below every one that is not {@code ~}.
 */
record RpmVersion(String epoch, TokenSequence version, TokenSequence release) implements VersionKey {
    private static final int TILDE = 0;
    private static final int END = 1;
    private static final int CARET = 2;
    private static final int LETTERS = 3;
    private static final int DIGITS = 4;

    static RpmVersion read(String text) {
        int at = 0;
        while (at < text.length() && Decimal.isDigit(text.charAt(at))) {
            at++;
        }
        // As rpm does it: digits before a colon are the epoch, anything else before one is part of the version.
        boolean hasEpoch = at < text.length() && text.charAt(at) == ':';
        String epoch = hasEpoch ? text.substring(0, at) : "0";
        String rest = hasEpoch ? text.substring(at + 1) : text;
        if (rest.isEmpty()) {
            throw new MalformedVersion("nothing after the epoch");
        }
        int hyphen = rest.lastIndexOf('-');
        return new RpmVersion(
                epoch,
                segments(hyphen < 0 ? rest : rest.substring(0, hyphen)),
                segments(hyphen < 0 ? "" : rest.substring(hyphen + 1)));
    }

    static TokenSequence segments(String text) {
        List<Token> tokens = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            int from = at;
            if (c == '~' || c == '^') {
                tokens.add(Token.mark(c == '~' ? TILDE : CARET));
                at++;
            } else if (Decimal.isDigit(c)) {
                while (at < text.length() && Decimal.isDigit(text.charAt(at))) {
                    at++;
                }
                tokens.add(Token.number(DIGITS, text.substring(from, at)));
            } else if (Decimal.isLetter(c)) {
                while (at < text.length() && Decimal.isLetter(text.charAt(at))) {
                    at++;
                }
                tokens.add(Token.word(LETTERS, text.substring(from, at)));
            } else {
                at++;
            }
        }
        return new TokenSequence(tokens, Token.mark(END));
    }

    @Override
    public int compareWith(VersionKey key) {
        RpmVersion other = (RpmVersion) key;
        int byEpoch = Decimal.compare(epoch, other.epoch);
        if (byEpoch != 0) {
            return byEpoch;
        }
        int byVersion = version.compareTo(other.version);
        return byVersion != 0 ? byVersion : release.compareTo(other.release);
    }
}
