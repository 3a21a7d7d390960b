package io.plimsoll.assessment.image;

import io.plimsoll.kernel.Evidence;
import io.plimsoll.kernel.EvidenceState;
import io.plimsoll.kernel.Reason;
import io.plimsoll.kernel.Subject;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Evidence whose verdict is a matter of age. Whoever observes writes down the moment, as UNKNOWN(no-clock); the join, which is given the time to
 * judge by, makes it a verdict. So {@code measured} stays a function of inputs, model and {@code asOf}.
 */
public final class DatedEvidence {

    /** A scan older than this is none (stage-gates 4, S2.scan). */
    public static final Duration SCANNED_FOR = Duration.ofDays(7);
    /** How long a critical weakness may stay after its fix is known (stage-gates 4, S3.blocked). */
    public static final Duration CRITICAL_FOR = Duration.ofDays(30);
    /** Clocks of two machines differ by less. */
    private static final Duration SKEW = Duration.ofHours(1);

    private static final String SCANNED = "scanned";
    private static final String SINCE = "fixable-since";

    private DatedEvidence() {}

    /** @param how by what it was looked through */
    public static Evidence scanned(Subject subject, Instant when, String how) {
        return dated(ImageControls.SCANNED.id(), subject, SCANNED, when, how);
    }

    /** @param since when its fix was first known */
    public static Evidence critical(Subject subject, String vulnerability, Instant since) {
        return dated(ImageControls.CRITICALS_BLOCKED.id(), subject, SINCE, since, vulnerability);
    }

    private static Evidence dated(String control, Subject subject, String path, Instant when, String message) {
        return new Evidence(
                control,
                subject.id(),
                EvidenceState.UNKNOWN,
                Reason.NO_CLOCK,
                path,
                when.toString(),
                message,
                subject.source());
    }

    /**
     * The same evidence with what is dated judged.
     *
     * @param asOf null when no time is given: what is dated stays UNKNOWN(no-clock)
     */
    public static List<Evidence> judged(Collection<Evidence> evidence, @Nullable Instant asOf) {
        List<Evidence> judged = new ArrayList<>(evidence.size());
        for (Evidence each : evidence) {
            Optional<Instant> when = asOf == null ? Optional.empty() : moment(each);
            judged.add(asOf == null || when.isEmpty() ? each : judged(each, when.get(), asOf));
        }
        return judged;
    }

    /** The moment a piece of evidence carries; empty for all that is not dated. */
    public static Optional<Instant> moment(Evidence evidence) {
        boolean dated = evidence.state() == EvidenceState.UNKNOWN
                && evidence.reason() == Reason.NO_CLOCK
                && (evidence.path().equals(SCANNED) || evidence.path().equals(SINCE));
        if (!dated) {
            return Optional.empty();
        }
        try {
            return Optional.of(Instant.parse(evidence.value()));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static Evidence judged(Evidence each, Instant when, Instant asOf) {
        if (when.isAfter(asOf.plus(SKEW))) {
            // What happened later was not known then.
            return Evidence.unknown(
                    each.control(),
                    each.subject(),
                    Reason.NEEDS_CONNECTOR,
                    "known only from " + when + " on, after the time judged by",
                    each.source());
        }
        return each.path().equals(SCANNED) ? scanned(each, when, asOf) : critical(each, when, asOf);
    }

    private static Evidence scanned(Evidence each, Instant when, Instant asOf) {
        return when.plus(SCANNED_FOR).isBefore(asOf)
                ? fail(each, "was last looked through more than " + SCANNED_FOR.toDays() + " days ago")
                : Evidence.pass(each.control(), each.subject(), each.message() + " at " + when, each.source());
    }

    private static Evidence critical(Evidence each, Instant since, Instant asOf) {
        return since.plus(CRITICAL_FOR).isBefore(asOf)
                ? fail(
                        each,
                        "holds " + each.message() + ", critical and with a fix for more than " + CRITICAL_FOR.toDays()
                                + " days")
                : Evidence.pass(
                        each.control(),
                        each.subject(),
                        each.message() + " is critical and has a fix since " + since + ": due within "
                                + CRITICAL_FOR.toDays() + " days",
                        each.source());
    }

    private static Evidence fail(Evidence each, String message) {
        return Evidence.fail(
                each.control(),
                each.subject(),
                Reason.SEEN_AND_WRONG,
                each.path(),
                each.value(),
                "container " + each.subject().container() + " runs an image that " + message,
                each.source());
    }
}
