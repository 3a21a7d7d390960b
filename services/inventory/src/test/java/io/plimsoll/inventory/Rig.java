package io.plimsoll.inventory;

import io.plimsoll.assessment.cluster.ClusterAnalysis;
import io.plimsoll.embedded.EmbeddedParts;
import io.plimsoll.embedded.OneMachine;
import io.plimsoll.embedded.postgres.DatabaseAccess;
import io.plimsoll.inventory.flow.ClusterPublication;
import io.plimsoll.inventory.flow.Declare;
import io.plimsoll.inventory.flow.Ingest;
import io.plimsoll.inventory.flow.KnownClusters;
import io.plimsoll.inventory.flow.Pace;
import io.plimsoll.inventory.flow.Recompute;
import io.plimsoll.inventory.flow.SourceContent;
import io.plimsoll.inventory.flow.Step;
import io.plimsoll.inventory.flow.UploadOrder;
import io.plimsoll.inventory.ingest.ManifestUpload;
import io.plimsoll.inventory.ingest.Spool;
import io.plimsoll.inventory.publish.KafkaTopics;
import io.plimsoll.inventory.publish.Relay;
import io.plimsoll.inventory.publish.Topics;
import io.plimsoll.inventory.store.OutboxRows;
import io.plimsoll.inventory.store.PostgresStore;
import io.plimsoll.kubernetes.addon.AddOnCatalogue;
import io.plimsoll.maturity.model.StageModel;
import io.plimsoll.messaging.lease.PostgresLeases;
import io.plimsoll.messaging.log.KafkaSink;
import io.plimsoll.messaging.log.KafkaSource;
import io.plimsoll.messaging.log.LogRecord;
import io.plimsoll.messaging.log.Place;
import io.plimsoll.messaging.log.RecordSource;
import io.plimsoll.messaging.log.Topic;
import io.plimsoll.messaging.view.MarkedView;
import io.plimsoll.messaging.view.Views;
import io.plimsoll.store.Database;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;

/** Inventory without its calls, on a real database and a real broker. */
final class Rig {

    static final int PARTITIONS = 12;
    static final ClusterAnalysis ANALYSIS = new ClusterAnalysis(StageModel.builtin(), AddOnCatalogue.builtin());

    private static final OneMachine MACHINE = EmbeddedParts.infrastructure();
    private static boolean migrated;

    /** Ends the work after a step, once. */
    static final class Kill implements Step.Watcher {

        private final Step at;
        private boolean done;

        Kill(Step at) {
            this.at = at;
        }

        @Override
        public void after(Step step) {
            if (step == at && !done) {
                done = true;
                throw new Killed(step);
            }
        }

        boolean done() {
            return done;
        }
    }

    /** As good as the end of the process: nothing of ours catches it. */
    static final class Killed extends Error {
        private static final long serialVersionUID = 1L;

        Killed(Step step) {
            super("ended after " + step);
        }
    }

    final PostgresStore store;
    final Ingest ingest;
    final Declare declare;
    final Recompute recompute;
    final OutboxRows outbox;
    private final Step.Watcher steps;

    Rig(Step.Watcher steps) {
        this(steps, "test", 1_000);
    }

    /** @param keptObjectsMax most objects kept from one publication to the next */
    Rig(Step.Watcher steps, String engine, long keptObjectsMax) {
        this.steps = steps;
        Database database = new Database(database());
        this.store = new PostgresStore(database);
        ClusterPublication publication =
                new ClusterPublication(ANALYSIS, engine, steps, new KnownClusters(keptObjectsMax));
        this.ingest = new Ingest(store, publication, PARTITIONS, Clock.systemUTC(), steps);
        this.declare = new Declare(store, steps);
        this.outbox = new OutboxRows(database);
        this.recompute = new Recompute(
                store,
                publication,
                new KafkaTopics(bootstrap(), topics()),
                Clock.systemUTC(),
                new Pace(Duration.ZERO, System::nanoTime));
    }

    static Rig begun() {
        Rig rig = new Rig(Step.Watcher.NOBODY);
        rig.recompute.begin();
        return rig;
    }

    static synchronized PGSimpleDataSource database() {
        DatabaseAccess access = MACHINE.postgres().access("inventory");
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setUrl(access.jdbcUrl() + "&reWriteBatchedInserts=true");
        database.setUser(access.user());
        database.setPassword(access.password());
        database.setCurrentSchema(access.schema());
        if (!migrated) {
            Flyway.configure()
                    .dataSource(database)
                    .schemas(access.schema())
                    .load()
                    .migrate();
            migrated = true;
        }
        return database;
    }

    static String bootstrap() {
        return MACHINE.kafka().bootstrapServers();
    }

    static Topics topics() {
        return new Topics(bootstrap(), PARTITIONS);
    }

    /** Files as an upload brings them, read. */
    static SourceContent content(Map<String, byte[]> files, String namespace) throws IOException {
        Path folder = Files.createTempDirectory("plimsoll-spool");
        try (Spool spool = Spool.open(folder, Spool.Bounds.DEFAULTS)) {
            files.forEach((name, bytes) -> {
                for (int from = 0; from < Math.max(bytes.length, 1); from += 1 << 20) {
                    int to = Math.min(bytes.length, from + (1 << 20));
                    spool.add(name, java.util.Arrays.copyOfRange(bytes, from, to));
                }
            });
            return ManifestUpload.read(spool, namespace);
        }
    }

    static SourceContent content(String manifests) throws IOException {
        return content(Map.of("shop.yaml", manifests.getBytes(StandardCharsets.UTF_8)), "");
    }

    static UploadOrder order(String cluster) {
        return new UploadOrder(cluster, "files", "", "", null, true);
    }

    /** Relays until nothing waits. */
    void relay() {
        PostgresLeases leases = new PostgresLeases(database(), "127.0.0.1:1", PARTITIONS, Duration.ofSeconds(30));
        Relay relay = new Relay(
                new Relay.Parts(outbox, leases, topics(), () -> new KafkaSink(bootstrap(), Views.INVENTORY)),
                Duration.ofMillis(50),
                Duration.ofSeconds(10),
                steps);
        try (relay) {
            relay.drain();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What a reader who begins now knows. */
    static final class Known {

        private final Views views = new Views();
        private final int partition;
        private final List<LogRecord> records = new ArrayList<>();

        private Known(int partition) {
            this.partition = partition;
        }

        MarkedView of(Topic topic, String cluster) {
            int place = topic == Topic.DECLARATIONS ? 0 : partition;
            return views.of(new Place(topic, place), cluster, Views.INVENTORY);
        }

        List<byte[]> values(Topic topic, String cluster) {
            return of(topic, cluster).live().values().stream()
                    .map(MarkedView.Entry::value)
                    .toList();
        }

        int records() {
            return records.size();
        }
    }

    Known read(String cluster) {
        int partition = store.cluster(cluster).orElseThrow().partition();
        Set<Place> places = new HashSet<>();
        for (Topic topic : List.of(Topic.RESOURCES, Topic.SUBJECTS, Topic.FACTS)) {
            places.add(new Place(topic, partition));
        }
        places.add(new Place(Topic.DECLARATIONS, 0));
        Known known = new Known(partition);
        Instant end = Instant.now().plusSeconds(60);
        try (RecordSource source = new KafkaSource(bootstrap())) {
            source.read(places);
            while (!places.stream().allMatch(source::replayed)) {
                if (Instant.now().isAfter(end)) {
                    throw new AssertionError("the topics were not read within a minute");
                }
                for (LogRecord record : source.poll(Duration.ofMillis(200))) {
                    known.records.add(record);
                    var unused = known.views.take(record);
                }
            }
        }
        return known;
    }
}
