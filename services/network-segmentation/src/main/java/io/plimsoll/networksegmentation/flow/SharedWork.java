package io.plimsoll.networksegmentation.flow;

import io.plimsoll.problem.Problem;
import io.plimsoll.problem.ProblemException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Long analyses, so many at a time: whoever comes too often costs others nothing but the wait for a turn. Any thread. */
public final class SharedWork {

    private static final Duration ASK_AGAIN = Duration.ofSeconds(2);

    private final Semaphore turns;
    private final Duration within;

    /**
     * @param most under way at a time, at least 1
     * @param within how long a call waits
     */
    public SharedWork(int most, Duration within) {
        this.turns = new Semaphore(most, true);
        this.within = within;
    }

    /** @throws ProblemException of {@link Problem#TOO_MANY} when no turn comes in time */
    <T> T run(Supplier<T> work) {
        try {
            if (!turns.tryAcquire(within.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new ProblemException(Problem.TOO_MANY, "too many long analyses at once").retryAfter(ASK_AGAIN);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProblemException(Problem.TOO_MANY, "interrupted while waiting for a turn", e);
        }
        try {
            return work.get();
        } finally {
            turns.release();
        }
    }

    Duration within() {
        return within;
    }

    /** As of an answer that another call is still working on. */
    static ProblemException tooSlow() {
        return new ProblemException(Problem.TOO_SLOW, "it is still being worked out; ask again").retryAfter(ASK_AGAIN);
    }
}
