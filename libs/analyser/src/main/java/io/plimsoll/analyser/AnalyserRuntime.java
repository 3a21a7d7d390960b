package io.plimsoll.analyser;

import io.plimsoll.messaging.analyser.Analyser;
import io.plimsoll.messaging.analyser.AnalyserProcess;
import io.plimsoll.messaging.analyser.Answer;
import io.plimsoll.messaging.log.Broker;
import io.plimsoll.store.Migration;
import io.plimsoll.wire.DeclarationsCodec;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;

/** The service's one corridor: begun when its tables are there, given up at once at a clean stop. */
@ApplicationScoped
public class AnalyserRuntime {

    private final Analyser engine;
    private final Migration migration;
    private final AnalyserProcess process;
    private final AtomicBoolean stopped = new AtomicBoolean();

    AnalyserRuntime(Analyser engine, KeptStates kept, AnalyserConfig config, DataSource database, Migration migration) {
        this.engine = engine;
        this.migration = migration;
        this.process = new AnalyserProcess(
                engine,
                database,
                new AnalyserProcess.Settings(
                        new Broker(config.kafka(), config.kafkaAccess()),
                        config.partitions(),
                        config.address().text(),
                        config.leaseTerm(),
                        kept.kept()),
                DeclarationsCodec::fromRecords);
    }

    void start(@Observes StartupEvent event) {
        migration.thenRun(() -> {
            if (!stopped.get()) {
                process.start();
            }
        });
    }

    void stop(@Observes ShutdownEvent event) {
        if (!stopped.getAndSet(true) && migration.done()) {
            process.close();
        }
    }

    /** As in topics.yaml. */
    public String name() {
        return engine.name();
    }

    public AnalyserProcess process() {
        return process;
    }

    /** Who can speak of a cluster, see {@link AnalyserProcess#ask}. */
    public Answer ask(String cluster) {
        return process.ask(cluster);
    }
}
