package io.plimsoll.messaging;

import io.plimsoll.messaging.lease.StoreDown;
import io.plimsoll.messaging.log.RecordSink;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Walks a corridor on a thread of its own, and renews its leases on another. A fault (a broker or a database that is away) ends the walk,
 * everything is given up, and it begins anew after a pause that grows to its bound: the same code as a fresh start.
 */
public final class CorridorThread implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CorridorThread.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration PAUSE_MIN = Duration.ofMillis(200);
    private static final Duration PAUSE_MAX = Duration.ofSeconds(5);
    private static final int RENEWALS_PER_TERM = 3;

    private final Supplier<Corridor> make;
    private final Duration renewal;
    private final Thread thread;
    private volatile boolean stopped;
    private volatile @Nullable Corridor walking;
    private volatile String fault = "not begun";
    /** When log and store last answered in an earlier walk, by {@link System#nanoTime}. */
    private volatile long logAnswered = System.nanoTime();

    private volatile long storeAnswered = System.nanoTime();

    /**
     * @param make a corridor that has read nothing yet
     * @param renewal how often leases are renewed: a third of their term
     */
    public CorridorThread(String name, Duration renewal, Supplier<Corridor> make) {
        this.make = make;
        this.renewal = renewal;
        this.thread = new Thread(this::run, name);
        this.thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    /** The corridor being walked; null between two walks. Any thread. */
    public @Nullable Corridor walking() {
        return walking;
    }

    /** True when something is owned, and all of it was read and handed on once. Any thread. */
    public boolean ready() {
        Corridor corridor = walking;
        return corridor != null && !lapsed(corridor) && corridor.ready();
    }

    /** Whether the partition is owned and its lease has not run out by this machine's own steady clock. Any thread. */
    public boolean holds(int partition) {
        Corridor corridor = walking;
        return corridor != null && !lapsed(corridor) && corridor.owned(partition);
    }

    /** As {@link #holds}, and everything of it was read and handed on. Any thread. */
    public boolean answers(int partition) {
        Corridor corridor = walking;
        return corridor != null && !lapsed(corridor) && corridor.owned(partition) && !corridor.replaying(partition);
    }

    /** Any thread. */
    public CorridorStatus status() {
        Corridor corridor = walking;
        if (corridor == null) {
            long now = System.nanoTime();
            return CorridorStatus.away(
                    fault, Duration.ofNanos(now - logAnswered), Duration.ofNanos(now - storeAnswered));
        }
        CorridorStatus status = corridor.status();
        return lapsed(corridor)
                ? CorridorStatus.away("the leases have run out", status.sinceLog(), status.sinceStore())
                : status;
    }

    /** A process that was stopped for a while wakes up without leases, whatever it believes. */
    private boolean lapsed(Corridor corridor) {
        return corridor.sinceGranted().compareTo(renewal.multipliedBy(RENEWALS_PER_TERM)) > 0;
    }

    private void run() {
        Duration pause = PAUSE_MIN;
        while (!stopped) {
            Corridor corridor = null;
            try {
                corridor = make.get();
                walk(corridor);
            } catch (RecordSink.Fenced e) {
                fault = "taken over by another replica";
                LOG.atWarn()
                        .addKeyValue("reason", String.valueOf(e.getMessage()))
                        .log("taken over, beginning anew");
            } catch (RuntimeException e) {
                fault = e.getClass().getSimpleName() + ": " + e.getMessage();
                if (!stopped) {
                    LOG.atWarn()
                            .addKeyValue("reason", String.valueOf(e.getMessage()))
                            .addKeyValue("kind", e.getClass().getSimpleName())
                            .log("the corridor is interrupted, beginning anew");
                    LOG.atDebug().setCause(e).log("the corridor is interrupted");
                }
            } finally {
                walking = null;
                if (corridor != null) {
                    if (corridor.ready()) {
                        pause = PAUSE_MIN;
                    }
                    remember(corridor);
                    quietly(corridor::stop);
                }
            }
            if (!stopped) {
                pause = pause(pause);
            }
        }
    }

    private void walk(Corridor corridor) {
        corridor.askForLeases();
        walking = corridor;
        fault = "";
        long looked = System.nanoTime();
        try (LeaseHeartbeat heartbeat = new LeaseHeartbeat(thread.getName() + "-leases", renewal, corridor)) {
            heartbeat.start();
            while (!stopped) {
                if (lapsed(corridor)) {
                    throw new StoreDown("the leases could not be renewed for " + corridor.sinceGranted(), null);
                }
                corridor.step(POLL);
                if (System.nanoTime() - looked >= renewal.toNanos()) {
                    corridor.look();
                    looked = System.nanoTime();
                }
            }
        }
    }

    private void remember(Corridor corridor) {
        if (corridor.begun()) {
            CorridorStatus last = corridor.status();
            logAnswered = System.nanoTime() - last.sinceLog().toNanos();
            storeAnswered = System.nanoTime() - last.sinceStore().toNanos();
        }
    }

    private static Duration pause(Duration pause) {
        try {
            // Jitter, so that replicas do not come back in step.
            Thread.sleep(pause.toMillis() / 2 + ThreadLocalRandom.current().nextLong(pause.toMillis()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Duration longer = pause.multipliedBy(2);
        return longer.compareTo(PAUSE_MAX) > 0 ? PAUSE_MAX : longer;
    }

    private static void quietly(Runnable stop) {
        try {
            stop.run();
        } catch (RuntimeException e) {
            LOG.atDebug().setCause(e).log("could not be given up cleanly; the lease ends by itself");
        }
    }

    /** Ends the walk and waits for it, at most ten seconds. */
    @Override
    public void close() {
        stopped = true;
        try {
            thread.join(Duration.ofSeconds(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
