package io.plimsoll.kernel;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * The answer to one control for one subject.
 *
 * @param reason set for every state but PASS and NOT_APPLICABLE, where it may be null
 * @param path field of the object that decided, in dotted form; empty when no single field did
 * @param value what stood there, shortened; empty when nothing did
 * @param message one sentence for people
 */
public record Evidence(
        String control,
        SubjectId subject,
        EvidenceState state,
        @Nullable Reason reason,
        String path,
        String value,
        String message,
        Source source)
        implements Comparable<Evidence> {

    /** Longest value kept, in characters; the rest is cut and marked. */
    public static final int VALUE_LENGTH_MAX = 200;

    private static final Comparator<Evidence> ORDER = Comparator.comparing(Evidence::subject)
            .thenComparing(Evidence::control)
            .thenComparing(Evidence::source)
            .thenComparing(Evidence::path)
            .thenComparing(Evidence::state)
            .thenComparing(Evidence::message);

    public Evidence {
        if (state != EvidenceState.PASS && state != EvidenceState.NOT_APPLICABLE && reason == null) {
            throw new IllegalArgumentException(control + " is " + state + " without a reason");
        }
        if (value.length() > VALUE_LENGTH_MAX) {
            value = value.substring(0, VALUE_LENGTH_MAX - 1) + "…";
        }
    }

    public static Evidence pass(String control, SubjectId subject, String message, Source source) {
        return new Evidence(control, subject, EvidenceState.PASS, null, "", "", message, source);
    }

    public static Evidence fail(
            String control,
            SubjectId subject,
            Reason reason,
            String path,
            String value,
            String message,
            Source source) {
        return new Evidence(control, subject, EvidenceState.FAIL, reason, path, value, message, source);
    }

    public static Evidence unknown(String control, SubjectId subject, Reason reason, String message, Source source) {
        return new Evidence(control, subject, EvidenceState.UNKNOWN, reason, "", "", message, source);
    }

    public static Evidence notApplicable(String control, SubjectId subject, String message, Source source) {
        return new Evidence(control, subject, EvidenceState.NOT_APPLICABLE, null, "", "", message, source);
    }

    @Override
    public int compareTo(Evidence other) {
        return ORDER.compare(this, other);
    }
}
