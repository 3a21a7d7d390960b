package io.plimsoll.networksegmentation.flow;

import io.plimsoll.problem.ProblemException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What is worked out by the first who asks and kept for all others, who wait for it; a failure is not kept. Any thread. */
final class Once<T> {

    private final Supplier<T> work;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable T made;

    Once(Supplier<T> work) {
        this.work = work;
    }

    /** What a call of {@link #get} that came back has made. */
    T made() {
        T ready = made;
        if (ready == null) {
            throw new IllegalStateException("asked for before it was made");
        }
        return ready;
    }

    /** @throws ProblemException when no turn comes in time, or another call is still working on it */
    T get(SharedWork shared) {
        T ready = made;
        if (ready != null) {
            return ready;
        }
        try {
            if (!lock.tryLock(shared.within().toMillis(), TimeUnit.MILLISECONDS)) {
                throw SharedWork.tooSlow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw SharedWork.tooSlow();
        }
        try {
            T meanwhile = made;
            if (meanwhile != null) {
                return meanwhile;
            }
            T now = shared.run(work);
            made = now;
            return now;
        } finally {
            lock.unlock();
        }
    }
}
