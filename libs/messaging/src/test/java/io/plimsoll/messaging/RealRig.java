package io.plimsoll.messaging;

import com.google.protobuf.InvalidProtocolBufferException;
import io.plimsoll.api.evidence.v1.EvidenceRecord;
import io.plimsoll.api.marks.v1.Mark;
import io.plimsoll.assessment.cluster.ClusterAnalysis;
import io.plimsoll.embedded.EmbeddedParts;
import io.plimsoll.embedded.OneMachine;
import io.plimsoll.embedded.postgres.DatabaseAccess;
import io.plimsoll.kernel.ClusterMode;
import io.plimsoll.kernel.Evidence;
import io.plimsoll.kernel.declaration.ClusterContext;
import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.addon.AddOnCatalogue;
import io.plimsoll.kubernetes.manifest.ClusterStateBuilder;
import io.plimsoll.kubernetes.manifest.Document;
import io.plimsoll.kubernetes.manifest.DocumentSink;
import io.plimsoll.kubernetes.manifest.ManifestLimits;
import io.plimsoll.kubernetes.manifest.ManifestReader;
import io.plimsoll.kubernetes.manifest.Problem;
import io.plimsoll.maturity.model.StageModel;
import io.plimsoll.messaging.analyser.Analyser;
import io.plimsoll.messaging.log.KafkaSink;
import io.plimsoll.messaging.log.KafkaSource;
import io.plimsoll.messaging.log.LogRecord;
import io.plimsoll.messaging.log.Place;
import io.plimsoll.messaging.log.RecordSource;
import io.plimsoll.messaging.log.Topic;
import io.plimsoll.wire.ControlNumbers;
import io.plimsoll.wire.EvidenceCodec;
import io.plimsoll.wire.KernelCodec;
import io.plimsoll.wire.ResourceCodec;
import io.plimsoll.wire.TopicKey;
import io.plimsoll.wire.Version;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.KafkaException;
import org.postgresql.ds.PGSimpleDataSource;

/** A real broker, a real database, inventory's relay in small, and one analyser's tables. */
final class RealRig {

    static final OneMachine MACHINE = EmbeddedParts.infrastructure();

    private static final int TRIES = 5;
    private static final ClusterAnalysis ANALYSIS = new ClusterAnalysis(StageModel.builtin(), AddOnCatalogue.builtin());

    /** The audit engine under the name of the analyser that a test plays: each has its own keys, producers and schema. */
    record Audit(String name) implements Analyser {
        @Override
        public String fingerprint() {
            return "audit";
        }

        @Override
        public List<Evidence> analyse(ClusterState state, ClusterContext declared) {
            return ANALYSIS.auditEvidence(ANALYSIS.inventory(state, declared));
        }
    }

    private final String analyser;

    /** @param analyser also the schema; its tables are made where they are missing */
    RealRig(String analyser) {
        this.analyser = analyser;
        try (Connection connection = database().getConnection();
                var statement = connection.createStatement();
                var tables = connection.getMetaData().getTables(null, analyser.replace('-', '_'), "lease", null);
                InputStream sql = RealRig.class.getResourceAsStream("/db/corridor/V1__corridor.sql")) {
            if (!tables.next()) {
                statement.execute(new String(sql.readAllBytes(), StandardCharsets.UTF_8));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    PGSimpleDataSource database() {
        DatabaseAccess access = MACHINE.postgres().access(analyser);
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setUrl(access.jdbcUrl());
        database.setUser(access.user());
        database.setPassword(access.password());
        return database;
    }

    static String bootstrap() {
        return MACHINE.kafka().bootstrapServers();
    }

    static ClusterState state(String cluster, String manifests) {
        ClusterStateBuilder builder = new ClusterStateBuilder(cluster, ClusterMode.MANIFESTS);
        try {
            new ManifestReader(ManifestLimits.DEFAULTS)
                    .read(
                            "shop.yaml",
                            new ByteArrayInputStream(manifests.getBytes(StandardCharsets.UTF_8)),
                            new DocumentSink() {
                                @Override
                                public void document(Document document) {
                                    builder.add(document, "", problem -> {});
                                }

                                @Override
                                public void problem(Problem problem) {
                                    throw new AssertionError(problem.toString());
                                }
                            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return builder.build();
    }

    /** What inventory's relay writes for one batch: the state whole, what it no longer holds gone, the mark. */
    static void relay(int partition, ClusterState state, long number, Collection<Resource> gone) {
        Version version = new Version(1, number, 0);
        Place place = new Place(Topic.RESOURCES, partition);
        List<LogRecord> records = new ArrayList<>();
        for (Resource resource : state.resources()) {
            byte[] bytes = ResourceCodec.toWire(resource, version, state.mode(), "files")
                    .toByteArray();
            records.add(new LogRecord(place, TopicKey.resource(resource.id()), bytes, version));
        }
        gone.forEach(resource -> records.add(new LogRecord(place, TopicKey.resource(resource.id()), null, version)));
        Mark mark = Mark.newBuilder()
                .setCluster(state.name())
                .setWriter("inventory")
                .setRevision(KernelCodec.toWire(version))
                .setMode(KernelCodec.toWire(state.mode()))
                .setRecordCount(state.resources().size())
                .build();
        records.add(new LogRecord(place, TopicKey.mark(state.name(), "inventory"), mark.toByteArray(), version));
        for (int left = TRIES - 1; !written(partition, records, left); left--) {
            // What the broker did not take is written once more, which changes nothing for whoever reads.
        }
    }

    /** True when they were; a producer that fails is given up and another one begins, as inventory's relay does it. */
    private static boolean written(int partition, List<LogRecord> records, int triesLeft) {
        try (KafkaSink sink = new KafkaSink(bootstrap(), "inventory")) {
            sink.take(partition);
            sink.write(partition, records);
            return true;
        } catch (KafkaException e) {
            if (triesLeft == 0) {
                throw e;
            }
            return false;
        }
    }

    /**
     * What a reader who begins now sees of the analyser's evidence of one cluster.
     *
     * @param live records that hold, by key, marks aside
     * @param mark the newest one's version
     * @param all in the order of the log
     */
    record Read(Map<String, byte[]> live, Version mark, List<LogRecord> all) {

        /** What was written after an earlier look. */
        List<LogRecord> since(Read earlier) {
            return all.subList(earlier.all().size(), all.size());
        }
    }

    Read read(int partition, String cluster) {
        Map<String, byte[]> live = new TreeMap<>();
        Version mark = Version.NONE;
        List<LogRecord> all = new ArrayList<>();
        for (LogRecord record : log(new Place(Topic.EVIDENCE, partition))) {
            String writer = TopicKey.parts(record.key()).get(TopicKey.isMark(record.key()) ? 2 : 1);
            if (!writer.equals(analyser) || !TopicKey.cluster(record.key()).equals(cluster)) {
                continue;
            }
            all.add(record);
            if (TopicKey.isMark(record.key())) {
                mark = record.version();
            } else if (record.value() == null) {
                live.remove(record.key());
            } else {
                live.put(record.key(), record.value());
            }
        }
        return new Read(live, mark, all);
    }

    static List<LogRecord> log(Place place) {
        List<LogRecord> all = new ArrayList<>();
        try (RecordSource source = new KafkaSource(bootstrap())) {
            source.read(Set.of(place));
            List<LogRecord> batch;
            do {
                batch = source.poll(Duration.ofMillis(100));
                all.addAll(batch);
            } while (!batch.isEmpty() || !source.replayed(place));
        }
        return all;
    }

    static void await(String what, BooleanSupplier condition) throws InterruptedException {
        Instant end = Instant.now().plusSeconds(60);
        while (!condition.getAsBoolean()) {
            if (Instant.now().isAfter(end)) {
                throw new AssertionError("not within a minute: " + what);
            }
            Thread.sleep(50);
        }
    }

    /** Evidence without its version, by key. */
    static Map<String, String> content(Map<String, byte[]> records) {
        Map<String, String> contents = new TreeMap<>();
        records.forEach((key, value) -> {
            try {
                contents.put(key, Arrays.toString(EvidenceCodec.content(EvidenceRecord.parseFrom(value))));
            } catch (InvalidProtocolBufferException e) {
                throw new AssertionError(e);
            }
        });
        return contents;
    }

    /** What one process computes of the state, as {@link #content}. */
    Map<String, String> expected(ClusterState state) {
        Map<String, byte[]> records = new TreeMap<>();
        new EvidenceCodec(ControlNumbers.builtin())
                .toWire(new Audit(analyser).analyse(state, ClusterContext.silent(state.name())), analyser, Version.NONE)
                .forEach((subject, record) ->
                        records.put(TopicKey.evidence(state.name(), analyser, subject), record.toByteArray()));
        return content(records);
    }
}
