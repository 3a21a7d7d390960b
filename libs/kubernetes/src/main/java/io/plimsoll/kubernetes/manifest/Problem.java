package io.plimsoll.kubernetes.manifest;

import io.plimsoll.kernel.Source;

/**
 * Something about an input that its author should know.
 *
 * @param severity whether the document was left out
 * @param message one sentence: what, and which limit or rule
 */
public record Problem(Severity severity, Source source, String message) {

    /** What became of the document. */
    public enum Severity {
        /** Left out; everything else is assessed. */
        SKIPPED,
        /** Assessed, but not as its author may think. */
        NOTICE
    }

    public static Problem skipped(Source source, String message) {
        return new Problem(Severity.SKIPPED, source, message);
    }

    public static Problem notice(Source source, String message) {
        return new Problem(Severity.NOTICE, source, message);
    }

    @Override
    public String toString() {
        return source + ": " + message;
    }
}
