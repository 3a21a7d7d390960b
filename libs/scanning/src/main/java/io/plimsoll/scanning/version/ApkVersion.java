package io.plimsoll.scanning.version;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Alpine's order, apk-package(5): {@code digits{.digits}[letter]{_suffix[digits]}[~hash][-r digits]}; the suffixes alpha, beta, pre and
 * rc come before the plain version, cvs, svn, git, hg and p after it. A digit group after the first that starts with 0
 * is compared as text. A malformed tail makes apk compare up to it and put it below an end; so do we.
 */
final class ApkVersion {
    private static final int PRE_SUFFIX = 0;
    private static final int INVALID = 1;
    private static final int END = 2;
    private static final int REVISION = 3;
    private static final int HASH = 4;
    private static final int SUFFIX_NUMBER = 5;
    private static final int POST_SUFFIX = 6;
    private static final int EMPTY_GROUP = 7;
    private static final int LETTER = 8;
    private static final int DIGITS = 9;
    private static final int FIRST_DIGITS = 10;

    private static final Map<String, Integer> SUFFIXES =
            Map.of("alpha", 0, "beta", 1, "pre", 2, "rc", 3, "cvs", 4, "svn", 5, "git", 6, "hg", 7, "p", 8);
    private static final int FIRST_POST_SUFFIX = 4;

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    private ApkVersion(String text) {
        this.text = text;
    }

    static TokenSequence read(String text) {
        // Old packages were called ".2"; apk reads them still.
        int first = text.startsWith(".") ? 1 : 0;
        if (first == text.length() || !Decimal.isDigit(text.charAt(first))) {
            throw new MalformedVersion("it does not start with a digit");
        }
        ApkVersion version = new ApkVersion(text);
        version.takeApart();
        boolean specified = version.tokens.getLast().rank() != INVALID;
        return new TokenSequence(version.tokens, Token.mark(END), specified);
    }

    private void takeApart() {
        int last = FIRST_DIGITS;
        tokens.add(Token.number(FIRST_DIGITS, digits()));
        while (at < text.length()) {
            Token next = next(last);
            tokens.add(next);
            if (next.rank() == INVALID) {
                return;
            }
            last = next.rank();
        }
    }

    private Token next(int last) {
        char c = text.charAt(at);
        boolean inDigits = last == FIRST_DIGITS || last == DIGITS || last == EMPTY_GROUP;
        boolean inSuffix = last == PRE_SUFFIX || last == POST_SUFFIX;
        if (c >= 'a' && c <= 'z') {
            at++;
            return inDigits ? Token.word(LETTER, String.valueOf(c)) : Token.mark(INVALID);
        }
        if (c == '.') {
            at++;
            String digits = digits();
            // "0.8.21.r2": apk reads a group without digits, then the letter.
            boolean letterFollows = at < text.length() && text.charAt(at) >= 'a' && text.charAt(at) <= 'z';
            if (!inDigits || (digits.isEmpty() && !letterFollows)) {
                return Token.mark(INVALID);
            }
            return digits.isEmpty() ? Token.mark(EMPTY_GROUP) : digitGroup(digits);
        }
        if (Decimal.isDigit(c)) {
            if (last == LETTER) {
                // OpenSSH's "6.6.1p1": apk goes on with digits after the letter.
                return Token.number(DIGITS, digits());
            }
            return inSuffix ? Token.number(SUFFIX_NUMBER, digits()) : Token.mark(INVALID);
        }
        if (c == '_') {
            at++;
            return last == HASH || last == REVISION ? Token.mark(INVALID) : suffix();
        }
        if (c == '~') {
            at++;
            String hash = hash();
            return last == HASH || last == REVISION || hash.isEmpty() ? Token.mark(INVALID) : Token.word(HASH, hash);
        }
        if (c == '-' && last != REVISION && text.startsWith("-r", at)) {
            at += 2;
            String digits = digits();
            return digits.isEmpty() ? Token.mark(INVALID) : Token.number(REVISION, digits);
        }
        return Token.mark(INVALID);
    }

    /** Text order puts a group that starts with 0 below every other, which is what by value would not always do. */
    private static Token digitGroup(String digits) {
        return digits.startsWith("0") ? Token.word(DIGITS, digits) : Token.number(DIGITS, digits);
    }

    private Token suffix() {
        int from = at;
        while (at < text.length() && text.charAt(at) >= 'a' && text.charAt(at) <= 'z') {
            at++;
        }
        Integer order = SUFFIXES.get(text.substring(from, at));
        if (order == null) {
            return Token.mark(INVALID);
        }
        return Token.word(order < FIRST_POST_SUFFIX ? PRE_SUFFIX : POST_SUFFIX, String.valueOf(order));
    }

    private String digits() {
        int from = at;
        while (at < text.length() && Decimal.isDigit(text.charAt(at))) {
            at++;
        }
        return text.substring(from, at);
    }

    private String hash() {
        int from = at;
        while (at < text.length()
                && (Decimal.isDigit(text.charAt(at)) || (text.charAt(at) >= 'a' && text.charAt(at) <= 'f'))) {
            at++;
        }
        return text.substring(from, at);
    }
}
