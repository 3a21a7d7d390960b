package io.plimsoll.audit.guardrail.review;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Regular expressions of other people's rules: one that takes too long, or is none, has no answer. */
public final class BoundedPattern {

    /** Most characters read while matching one text. */
    private static final int READS_MAX = 200_000;

    private BoundedPattern() {}

    /** Longest pattern, in characters. */
    private static final int PATTERN_CHARS_MAX = 4096;

    /** Whether the pattern is found in the text; empty when it cannot be told. */
    public static Optional<Boolean> find(String pattern, String text) {
        return all(pattern, text, 1).map(found -> !found.isEmpty());
    }

    /** What the pattern finds in the text, at most {@code max}; empty when it cannot be told. */
    public static Optional<List<String>> all(String pattern, String text, int max) {
        if (pattern.length() > PATTERN_CHARS_MAX) {
            return Optional.empty();
        }
        try {
            Matcher matcher = Pattern.compile(pattern).matcher(new Counted(text, new AtomicInteger()));
            List<String> found = new ArrayList<>();
            while (found.size() < max && matcher.find()) {
                found.add(matcher.group());
            }
            return Optional.of(found);
        } catch (PatternSyntaxException | TooManyReads | StackOverflowError e) {
            return Optional.empty();
        }
    }

    private static final class Counted implements CharSequence {
        private final CharSequence text;
        private final AtomicInteger reads;

        Counted(CharSequence text, AtomicInteger reads) {
            this.text = text;
            this.reads = reads;
        }

        @Override
        public char charAt(int index) {
            if (reads.incrementAndGet() > READS_MAX) {
                throw new TooManyReads();
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new Counted(text.subSequence(start, end), reads);
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }

    private static final class TooManyReads extends RuntimeException {
        TooManyReads() {
            super(null, null, false, false);
        }
    }
}
