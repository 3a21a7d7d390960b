package io.plimsoll.stagescoring;

import io.plimsoll.maturity.model.StageModel;
import io.plimsoll.messaging.Corridor;
import io.plimsoll.messaging.CorridorStatus;
import io.plimsoll.messaging.CorridorThread;
import io.plimsoll.messaging.lease.PostgresLeases;
import io.plimsoll.messaging.log.Broker;
import io.plimsoll.messaging.log.KafkaSink;
import io.plimsoll.messaging.log.KafkaSource;
import io.plimsoll.messaging.view.Views;
import io.plimsoll.stagescoring.flow.Retention;
import io.plimsoll.stagescoring.flow.ScoringHandler;
import io.plimsoll.stagescoring.publish.NoSink;
import io.plimsoll.stagescoring.publish.StagesRelay;
import io.plimsoll.stagescoring.store.PostgresContributions;
import io.plimsoll.stagescoring.store.PostgresStages;
import io.plimsoll.store.Database;
import io.plimsoll.store.Migration;
import io.plimsoll.wire.StagesCodec;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;

/** Scoring's corridor and its relay: begun when the tables are there, given up at once at a clean stop. */
@ApplicationScoped
public class ScoringRuntime {

    private static final int RENEWALS_PER_TERM = 3;
    private static final int MERGER = 0;
    private static final String RELAY = "stage-scoring-stages";

    private final ScoringConfig config;
    private final Migration migration;
    private final CorridorThread thread;
    private final StagesRelay relay;
    private final AtomicBoolean stopped = new AtomicBoolean();

    ScoringRuntime(ScoringConfig config, DataSource source, Migration migration) {
        this.config = config;
        this.migration = migration;
        Broker broker = new Broker(config.kafka(), config.kafkaAccess());
        StageModel model = StageModel.builtin();
        Database database = new Database(source);
        PostgresStages stages = new PostgresStages(database, new StagesCodec(model));
        PostgresContributions contributions = new PostgresContributions(database, model);
        this.thread = new CorridorThread("stage-scoring", config.leaseTerm().dividedBy(RENEWALS_PER_TERM), () -> {
            Views views = new Views();
            return new Corridor(
                    ScoringHandler.reading(config.partitions()),
                    new PostgresLeases(source, config.address().text(), config.partitions(), config.leaseTerm()),
                    new KafkaSource(broker),
                    new NoSink(),
                    views,
                    new ScoringHandler(
                            model,
                            views,
                            contributions,
                            stages,
                            new Retention(config.resolvedFindingsKept(), config.resolvedFindingsMax()),
                            Clock.systemUTC(),
                            System::nanoTime));
        });
        this.relay = new StagesRelay(
                stages,
                () -> new KafkaSource(broker),
                () -> new KafkaSink(broker, RELAY),
                config.partitions(),
                this::merges);
    }

    void start(@Observes StartupEvent event) {
        migration.thenRun(() -> {
            if (!stopped.get()) {
                thread.start();
                relay.start();
            }
        });
    }

    void stop(@Observes ShutdownEvent event) {
        if (!stopped.getAndSet(true) && migration.done()) {
            relay.close();
            thread.close();
        }
    }

    /** Whether this replica merges: it owns the first partition. */
    public boolean merges() {
        return status().held().contains(MERGER);
    }

    public CorridorStatus status() {
        return thread.status();
    }

    /** True when what is held was read, and broker and database have answered within a term. */
    public boolean ready() {
        CorridorStatus status = status();
        return migration.done() && status.ready() && status.answeredWithin(config.leaseTerm());
    }
}
