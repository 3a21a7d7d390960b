package io.plimsoll.stagescoring.api;

import io.plimsoll.api.scoring.v1.WatchEventsResponse;
import io.plimsoll.problem.Problem;
import io.plimsoll.problem.ProblemException;
import io.plimsoll.stagescoring.ScoringConfig;
import io.plimsoll.stagescoring.api.Sight.Condition;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.BackPressureFailure;
import io.smallrye.mutiny.subscription.BackPressureStrategy;
import io.smallrye.mutiny.subscription.MultiEmitter;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Tells events from the database, in their order, to whoever listens: what was missed first, then what comes. A listener that asks for less than
 * comes is ended with {@code too-many} and goes on from the last sequence it saw.
 */
@ApplicationScoped
public class Listeners {

    private static final int EVENTS_MAX = 100;
    /** A listener may have so many events waiting; beyond it, it is too slow. */
    private static final int WAITING_MAX = 1_000;

    private static final long LOOK_MILLIS = 100;

    private final Reader reader;
    private final int listenersMax;
    private final AtomicInteger listening = new AtomicInteger();
    private volatile boolean stopped;

    @Inject
    Listeners(Reader reader, ScoringConfig config) {
        this(reader, config.listenersMax());
    }

    Listeners(Reader reader, int listenersMax) {
        this.reader = reader;
        this.listenersMax = listenersMax;
    }

    void stop(@Observes ShutdownEvent event) {
        stopped = true;
    }

    /** How many listen. */
    public int listening() {
        return listening.get();
    }

    private record Event(long sequence, byte[] content) {}

    /** @param after the last sequence seen; 0 for new ones only */
    Multi<WatchEventsResponse> listen(long after, Condition visible) {
        if (listening.incrementAndGet() > listenersMax) {
            listening.decrementAndGet();
            throw new ProblemException(Problem.TOO_MANY, "no more than " + listenersMax + " listeners at once")
                    .over(listenersMax + " listeners");
        }
        long from;
        try {
            from = after > 0 ? kept(after) : newest();
        } catch (RuntimeException e) {
            listening.decrementAndGet();
            throw e;
        }
        return Multi.createFrom()
                .<WatchEventsResponse>emitter(
                        emitter -> Thread.ofVirtual().name("listener").start(() -> tell(emitter, from, visible)),
                        BackPressureStrategy.IGNORE)
                .onOverflow()
                .buffer(WAITING_MAX)
                .onFailure(BackPressureFailure.class)
                .transform(slow -> new ProblemException(
                                Problem.TOO_MANY, "too slow a listener; go on from the last sequence seen")
                        .over(WAITING_MAX + " events waiting"))
                .onTermination()
                .invoke(listening::decrementAndGet);
    }

    /** @throws ProblemException of {@link Problem#SNAPSHOT_MOVED} when events after it are no longer kept */
    private long kept(long after) {
        long forgotten = reader.read(session -> session.one("select forgotten from estate", row -> row.getLong(1)))
                .orElse(0L);
        if (after < forgotten) {
            throw new ProblemException(
                    Problem.SNAPSHOT_MOVED,
                    "events up to " + forgotten + " are no longer kept: read the stages anew and go on from there");
        }
        return after;
    }

    private long newest() {
        return reader.read(
                        session -> session.one("select coalesce(max(sequence), 0) from event", row -> row.getLong(1)))
                .orElse(0L);
    }

    private void tell(MultiEmitter<? super WatchEventsResponse> emitter, long from, Condition visible) {
        long after = from;
        try {
            while (!stopped && !emitter.isCancelled()) {
                List<Event> events = events(after, visible);
                for (Event event : events) {
                    emitter.emit(Reader.parsed(WatchEventsResponse.parser(), event.content()).toBuilder()
                            .setSequence(event.sequence())
                            .build());
                    after = event.sequence();
                }
                if (events.isEmpty()) {
                    Thread.sleep(LOOK_MILLIS);
                }
            }
            emitter.complete();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            emitter.complete();
        } catch (RuntimeException e) {
            emitter.fail(e);
        }
    }

    private List<Event> events(long after, Condition visible) {
        Condition condition = Condition.of("sequence > ?", after).and(visible);
        List<@Nullable Object> values = new ArrayList<>(condition.values());
        values.add(EVENTS_MAX);
        return reader.read(session -> session.all(
                "select sequence, content from event" + condition.where() + " order by sequence limit ?",
                row -> new Event(row.getLong(1), row.getBytes(2)),
                values.toArray()));
    }
}
