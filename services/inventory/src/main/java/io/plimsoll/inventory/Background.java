package io.plimsoll.inventory;

import io.micrometer.core.instrument.MeterRegistry;
import io.plimsoll.inventory.flow.Recompute;
import io.plimsoll.inventory.ingest.Spool;
import io.plimsoll.inventory.publish.Outbox;
import io.plimsoll.inventory.publish.Relay;
import io.plimsoll.inventory.store.OutboxRows;
import io.plimsoll.inventory.store.PostgresSensors;
import io.plimsoll.problem.Problem;
import io.plimsoll.problem.ProblemException;
import io.plimsoll.store.Tables;
import io.plimsoll.telemetry.LogKey;
import io.plimsoll.telemetry.MetricName;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What goes on beside calls: migrates as soon as the database is there, works off what waits, measures the outbox, relays. Nothing that is
 * away ends it; it tries again.
 */
@Singleton
public class Background {

    private static final Logger LOG = LoggerFactory.getLogger(Background.class);
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration PAUSE_MAX = Duration.ofSeconds(5);
    /** From one look at what waits to the next, however much comes. */
    private static final long LOOK_NANOS = Duration.ofMillis(50).toNanos();

    private static final long MEASURE_NANOS = Duration.ofSeconds(2).toNanos();

    private final Flyway flyway;
    private final Recompute recompute;
    private final Relay relay;
    private final OutboxRows outbox;
    private final PostgresSensors sensors;
    private final Clock clock = Clock.systemUTC();
    private final InventoryConfig config;
    private final Object bell = new Object();
    private final Thread thread;
    private boolean rung;
    private volatile Outbox.Backlog backlog = Outbox.Backlog.NONE;
    private volatile PostgresSensors.Fleet fleet = PostgresSensors.Fleet.NONE;
    private volatile boolean migrated;
    private volatile String fault = "";
    private volatile boolean closed;

    Background(
            Flyway flyway,
            Recompute recompute,
            Relay relay,
            OutboxRows outbox,
            PostgresSensors sensors,
            InventoryConfig config,
            MeterRegistry meters) {
        this.flyway = flyway;
        this.recompute = recompute;
        this.relay = relay;
        this.outbox = outbox;
        this.sensors = sensors;
        this.config = config;
        this.thread = Thread.ofPlatform().name("plimsoll-background").daemon().unstarted(this::run);
        meters.gauge(MetricName.OUTBOX_RECORDS, this, each -> each.backlog.records());
        meters.gauge(MetricName.SENSORS_SILENT, this, each -> each.fleet.silent());
        meters.gauge(MetricName.SENSOR_LAG, this, each -> each.fleet.lagSeconds());
        meters.gauge(MetricName.OUTBOX_AGE, this, each -> each.backlog.ageSeconds());
    }

    void begin(@Observes StartupEvent event) {
        Spool.sweep(spool());
        thread.start();
    }

    void end(@Observes ShutdownEvent event) throws InterruptedException {
        closed = true;
        thread.interrupt();
        thread.join(Duration.ofSeconds(5));
        relay.close();
    }

    /** Where uploads are spooled. */
    public java.nio.file.Path spool() {
        return config.data().resolve("spool");
    }

    /** True once the tables are there. */
    public boolean migrated() {
        return migrated;
    }

    /** Why it cannot work at present, in one line; empty while it can. */
    public String fault() {
        return fault;
    }

    /** As measured last. */
    public Outbox.Backlog backlog() {
        return backlog;
    }

    /** Something was accepted: relay it, and look at what waits. */
    public void wake() {
        relay.wake();
        look();
    }

    /** A sensor told something: look at what waits. It is relayed when it is published. */
    public void look() {
        synchronized (bell) {
            rung = true;
            bell.notifyAll();
        }
    }

    /** @throws ProblemException when nothing can be accepted at present */
    public void requireRoom() {
        if (!migrated) {
            throw new ProblemException(Problem.STORE_AWAY, "the database is not ready yet")
                    .retryAfter(Duration.ofSeconds(2));
        }
        if (backlog().records() > config.outboxRecordsMax()) {
            throw new ProblemException(
                            Problem.SERVICE_AWAY,
                            "the broker is away and " + backlog().records() + " records wait for it")
                    .over(config.outboxRecordsMax() + " records")
                    .retryAfter(Duration.ofSeconds(30));
        }
    }

    private void run() {
        Duration patience = PAUSE;
        boolean relaying = false;
        boolean begun = false;
        long measured = System.nanoTime() - MEASURE_NANOS;
        boolean silent = false;
        while (!closed) {
            long began = System.nanoTime();
            Duration pause = PAUSE;
            Optional<Duration> due = Optional.empty();
            try {
                if (!migrated) {
                    Tables.bring(flyway);
                    migrated = true;
                    LOG.atInfo().log("the database is ready");
                }
                if (!begun) {
                    recompute.begin();
                    begun = true;
                }
                if (!relaying) {
                    relay.start();
                    relaying = true;
                }
                if (System.nanoTime() - measured >= MEASURE_NANOS) {
                    backlog = outbox.backlog();
                    fleet = sensors.fleet(clock.instant());
                    measured = System.nanoTime();
                }
                // What sensors told is kept where it is; the outbox takes more when the broker is back.
                if (backlog.records() <= config.outboxRecordsMax()) {
                    try {
                        recompute.run(relay::wake);
                    } finally {
                        due = recompute.next();
                    }
                }
                patience = PAUSE;
                silent = false;
                fault = "";
            } catch (RuntimeException e) {
                fault = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
                if (!silent && e instanceof Tables.Refused) {
                    LOG.atWarn().addKeyValue(LogKey.REASON, fault).log("the tables are not there yet, trying again");
                } else if (!silent) {
                    LOG.atWarn().setCause(e).log("not possible at present, trying again");
                }
                silent = true;
                pause = patience;
                Duration twice = patience.multipliedBy(2);
                patience = twice.compareTo(PAUSE_MAX) > 0 ? PAUSE_MAX : twice;
            }
            // Whoever fails keeps nobody waiting who was only put off.
            if (!await(began + LOOK_NANOS - System.nanoTime(), sooner(due, pause))) {
                return;
            }
        }
    }

    private static Duration sooner(Optional<Duration> due, Duration pause) {
        return due.filter(each -> each.compareTo(pause) < 0).orElse(pause);
    }

    private boolean await(long shortestNanos, Duration longest) {
        try {
            if (shortestNanos > 0) {
                Thread.sleep(Duration.ofNanos(shortestNanos));
            }
            synchronized (bell) {
                if (!rung) {
                    bell.wait(Math.max(1, longest.toMillis()));
                }
                rung = false;
            }
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }
}
