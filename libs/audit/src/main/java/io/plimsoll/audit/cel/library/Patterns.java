package io.plimsoll.audit.cel.library;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Regular expressions of the language of RE2, which take time in proportion to the text, whatever the pattern. Compiled ones
 * are kept. Any thread.
 */
final class Patterns {

    /** Most patterns kept; at the bound all are forgotten and the keeping starts again. */
    private static final int KEPT_MAX = 512;

    /** Longest pattern, in characters; RE2 in Java has no bound of its own. */
    private static final int PATTERN_CHARS_MAX = 4_096;

    /** Largest compiled pattern, in instructions: {@code (((a{1000}){1000}){1000})} is short and not small. */
    private static final int PROGRAM_MAX = 10_000;

    /** Work of matching one character, against copying it. */
    private static final int MATCH_WEIGHT = 4;

    private static final Map<String, Pattern> KEPT = new ConcurrentHashMap<>();

    private Patterns() {}

    /** Whether the pattern is found anywhere in the text. */
    static boolean matches(String text, String pattern) {
        return matcher(text, pattern).find();
    }

    /** The first thing found; empty where there is none. */
    static String find(String text, String pattern) {
        Matcher matcher = matcher(text, pattern);
        return matcher.find() ? matcher.group() : "";
    }

    /** What is found, in order, at most {@code max}, all of it where {@code max} is negative. */
    static List<String> findAll(String text, String pattern, long max) {
        Matcher matcher = matcher(text, pattern);
        List<String> found = new ArrayList<>();
        int end = -1;
        while ((max < 0 || found.size() < max) && matcher.find()) {
            // Go leaves out an empty match right behind another match.
            if (matcher.end() > matcher.start() || matcher.start() != end) {
                found.add(matcher.group());
            }
            end = matcher.end();
        }
        return found;
    }

    /** Whether the pattern is the whole text. */
    static boolean isWhole(String text, String pattern) {
        return matcher(text, pattern).matches();
    }

    private static Matcher matcher(String text, String pattern) {
        Effort.spend((long) MATCH_WEIGHT * text.length() + pattern.length());
        return compiled(pattern).matcher(text);
    }

    private static Pattern compiled(String pattern) {
        Pattern kept = KEPT.get(pattern);
        if (kept != null) {
            return kept;
        }
        if (pattern.length() > PATTERN_CHARS_MAX) {
            throw Effort.tooMuch("a regular expression of more than " + PATTERN_CHARS_MAX + " characters");
        }
        if (Repeats.size(pattern) > 2L * PROGRAM_MAX) {
            // Compiling it is what would take the memory.
            throw Effort.tooMuch("a regular expression that repeats too much");
        }
        Pattern compiled;
        try {
            compiled = Pattern.compile(pattern);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("Illegal regex: " + e.getMessage(), e);
        }
        if (compiled.programSize() > PROGRAM_MAX) {
            throw Effort.tooMuch("a regular expression that repeats too much");
        }
        if (KEPT.size() >= KEPT_MAX) {
            KEPT.clear();
        }
        KEPT.put(pattern, compiled);
        return compiled;
    }
}
