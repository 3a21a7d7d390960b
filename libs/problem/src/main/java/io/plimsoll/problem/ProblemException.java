package io.plimsoll.problem;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One occurrence of a problem. The detail is a sentence for people: what, where, and what to do; never a secret, never a stack trace.
 */
public final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Problem problem;
    private final String place;
    private final String limit;
    private final transient @Nullable Duration retryAfter;

    private ProblemException(
            Problem problem,
            String detail,
            String place,
            String limit,
            @Nullable Duration retryAfter,
            @Nullable Throwable cause) {
        super(detail, cause);
        this.problem = problem;
        this.place = place;
        this.limit = limit;
        this.retryAfter = retryAfter;
    }

    public ProblemException(Problem problem, String detail) {
        this(problem, detail, "", "", null, null);
    }

    public ProblemException(Problem problem, String detail, Throwable cause) {
        this(problem, detail, "", "", null, cause);
    }

    /** The same at a place, for instance {@code shop/web.yaml, document 900, line 12}. */
    public ProblemException at(String where) {
        return new ProblemException(problem, detail(), where, limit, retryAfter, getCause());
    }

    /** The same with the bound it is over, for instance {@code 67108864 bytes}. */
    public ProblemException over(String bound) {
        return new ProblemException(problem, detail(), place, bound, retryAfter, getCause());
    }

    /** The same with the time after which asking again makes sense. */
    public ProblemException retryAfter(Duration time) {
        return new ProblemException(problem, detail(), place, limit, time, getCause());
    }

    public Problem problem() {
        return problem;
    }

    public String detail() {
        return String.valueOf(getMessage());
    }

    /** Where in what was sent; empty when nowhere in particular. */
    public String place() {
        return place;
    }

    /** The bound it is over; empty when it is not about one. */
    public String limit() {
        return limit;
    }

    /** Null when asking again at once is as good, or never makes sense. */
    public @Nullable Duration retryAfter() {
        return retryAfter;
    }
}
