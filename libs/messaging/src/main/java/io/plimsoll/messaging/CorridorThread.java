package io.plimsoll.messaging;

import io.plimsoll.messaging.log.RecordSink;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Walks a corridor on a thread of its own. A fault (a broker or a database that is away) ends the walk, everything is given up, and it begins
 * anew after a pause that grows to its bound: the same code as a fresh start.
 */
public final class CorridorThread implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CorridorThread.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration PAUSE_MIN = Duration.ofMillis(200);
    private static final Duration PAUSE_MAX = Duration.ofSeconds(5);

    private final Supplier<Corridor> make;
    private final Duration renewal;
    private final Thread thread;
    private volatile boolean stopped;
    private volatile @Nullable Corridor walking;

    /**
     * @param make a corridor that has read nothing yet
     * @param renewal how often leases are renewed
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

    /** True when everything owned was read. Any thread. */
    public boolean ready() {
        Corridor corridor = walking;
        return corridor != null && corridor.ready();
    }

    private void run() {
        Duration pause = PAUSE_MIN;
        while (!stopped) {
            Corridor corridor = null;
            try {
                corridor = make.get();
                walking = corridor;
                long renewed = System.nanoTime();
                corridor.renewLeases();
                while (!stopped) {
                    corridor.step(POLL);
                    if (System.nanoTime() - renewed >= renewal.toNanos()) {
                        renewed = System.nanoTime();
                        corridor.renewLeases();
                    }
                    if (corridor.ready()) {
                        pause = PAUSE_MIN;
                    }
                }
            } catch (RecordSink.Fenced e) {
                LOG.atWarn()
                        .addKeyValue("reason", String.valueOf(e.getMessage()))
                        .log("taken over, beginning anew");
            } catch (RuntimeException e) {
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
                    quietly(corridor::stop);
                }
            }
            if (!stopped) {
                pause = pause(pause);
            }
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
