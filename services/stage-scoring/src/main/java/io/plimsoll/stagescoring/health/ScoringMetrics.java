package io.plimsoll.stagescoring.health;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.plimsoll.problem.ProblemException;
import io.plimsoll.stagescoring.ScoringRuntime;
import io.plimsoll.stagescoring.api.Listeners;
import io.plimsoll.stagescoring.store.Figures;
import io.plimsoll.store.Database;
import io.plimsoll.store.Migration;
import io.plimsoll.telemetry.MetricName;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Scoring's figures, under the names of the dictionary. Where scopes stand is told by the replica that merges alone, so that nothing is counted
 * twice; it is read from the database every few seconds, never by a scrape.
 */
@ApplicationScoped
public class ScoringMetrics implements MeterBinder {

    private static final Duration LOOK = Duration.ofSeconds(5);

    private final ScoringRuntime runtime;
    private final Migration migration;
    private final Listeners listeners;
    private final Figures figures;
    private volatile boolean stopped;
    private volatile Figures.All last = Figures.All.NONE;

    ScoringMetrics(ScoringRuntime runtime, Migration migration, Listeners listeners, DataSource source) {
        this.runtime = runtime;
        this.migration = migration;
        this.listeners = listeners;
        this.figures = new Figures(new Database(source));
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder(
                        MetricName.PARTITIONS_HELD,
                        runtime,
                        r -> r.status().held().size())
                .register(registry);
        Gauge.builder(
                        MetricName.PARTITIONS_REPLAYING,
                        runtime,
                        r -> r.status().replaying().size())
                .register(registry);
        Gauge.builder(
                        MetricName.RECORDS_BEHIND,
                        runtime,
                        r -> r.status().behind().orElse(0))
                .register(registry);
        Gauge.builder(MetricName.EVENT_CLIENTS, listeners, Listeners::listening).register(registry);
        Gauge.builder(MetricName.CLUSTERS_AWAITED, this, m -> m.last.awaited()).register(registry);
        Gauge.builder(MetricName.BARRIER_WAIT, this, m -> m.last.waitSeconds()).register(registry);
        Gauge.builder(MetricName.OUTBOX_RECORDS, this, m -> m.last.outbox()).register(registry);
        Gauge.builder(MetricName.OUTBOX_AGE, this, m -> m.last.outboxSeconds()).register(registry);
        Gauge.builder(MetricName.SCOPES_LEFT_OUT, this, m -> m.last.leftOut()).register(registry);
        ScopeMeters scopes = new ScopeMeters(registry);
        Thread.ofPlatform().daemon().name("figures").start(() -> look(scopes));
    }

    void stop(@Observes ShutdownEvent event) {
        stopped = true;
    }

    private void look(ScopeMeters scopes) {
        while (!stopped) {
            if (migration.done()) {
                Figures.@Nullable All now = read();
                if (now != null) {
                    last = now;
                    scopes.show(runtime.merges() ? now.scopes() : List.of());
                }
            }
            try {
                Thread.sleep(LOOK);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private Figures.@Nullable All read() {
        try {
            return figures.read();
        } catch (ProblemException e) {
            // The database is away: the last figures stand, readiness tells.
            return null;
        }
    }
}
