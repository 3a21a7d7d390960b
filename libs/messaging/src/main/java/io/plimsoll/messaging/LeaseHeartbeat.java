package io.plimsoll.messaging;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Renews a corridor's leases beside its walk, so that neither a long analysis nor a broker that is slow to answer costs them. */
final class LeaseHeartbeat implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LeaseHeartbeat.class);
    private static final Duration END_MAX = Duration.ofSeconds(5);

    private final Duration renewal;
    private final Corridor corridor;
    private final Thread thread;
    private volatile boolean ended;

    LeaseHeartbeat(String name, Duration renewal, Corridor corridor) {
        this.renewal = renewal;
        this.corridor = corridor;
        this.thread = new Thread(this::run, name);
        this.thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    private void run() {
        Duration pause = renewal;
        while (!ended) {
            try {
                Thread.sleep(pause);
                if (!ended) {
                    corridor.askForLeases();
                }
                pause = renewal;
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                // The walk notices when a term has passed; a blink costs nothing.
                LOG.atWarn()
                        .addKeyValue("reason", String.valueOf(e.getMessage()))
                        .log("leases could not be renewed, asking again");
                pause = renewal.dividedBy(4);
            }
        }
    }

    /** Ends it and waits for a question under way, so that nothing is granted after all was given up. */
    @Override
    public void close() {
        ended = true;
        thread.interrupt();
        try {
            thread.join(END_MAX);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
