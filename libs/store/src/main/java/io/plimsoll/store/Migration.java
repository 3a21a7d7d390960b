package io.plimsoll.store;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.flywaydb.core.Flyway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the service's tables to what this version needs, trying again for as long as the database is away: a start must not end for want of
 * it. A database that is ahead of this version is never touched; the log says so and the service stays unready.
 */
@ApplicationScoped
public class Migration {

    private static final Logger LOG = LoggerFactory.getLogger(Migration.class);
    private static final Duration PAUSE_MIN = Duration.ofMillis(200);
    private static final Duration PAUSE_MAX = Duration.ofSeconds(5);

    private final Flyway flyway;
    private volatile boolean done;
    private volatile String fault = "";

    Migration(Flyway flyway) {
        this.flyway = flyway;
    }

    /** True once the tables are there. */
    public boolean done() {
        return done;
    }

    /** Why they are not; empty while nothing failed. */
    public String fault() {
        return fault;
    }

    /** Migrates on a thread of its own, then runs {@code next}. */
    public void thenRun(Runnable next) {
        Thread.ofPlatform().daemon().name("migration").start(() -> {
            if (migrate()) {
                next.run();
            }
        });
    }

    private boolean migrate() {
        Duration pause = PAUSE_MIN;
        while (true) {
            try {
                Tables.bring(flyway);
                done = true;
                fault = "";
                return true;
            } catch (Tables.Refused e) {
                String reason = String.valueOf(e.getMessage());
                if (!reason.equals(fault)) {
                    LOG.atWarn().addKeyValue("reason", reason).log("the tables are not there yet, trying again");
                }
                fault = reason;
            }
            try {
                Thread.sleep(pause);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
            pause = pause.multipliedBy(2).compareTo(PAUSE_MAX) > 0 ? PAUSE_MAX : pause.multipliedBy(2);
        }
    }
}
