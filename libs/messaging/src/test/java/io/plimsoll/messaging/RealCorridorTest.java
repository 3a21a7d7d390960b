package io.plimsoll.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import io.plimsoll.kernel.declaration.Declarations;
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
import io.plimsoll.messaging.analyser.EvidencePublisher;
import io.plimsoll.messaging.lease.Leases;
import io.plimsoll.messaging.lease.PostgresGenerations;
import io.plimsoll.messaging.lease.PostgresLeases;
import io.plimsoll.messaging.log.KafkaSink;
import io.plimsoll.messaging.log.KafkaSource;
import io.plimsoll.messaging.log.LogRecord;
import io.plimsoll.messaging.log.Place;
import io.plimsoll.messaging.log.RecordSink;
import io.plimsoll.messaging.log.RecordSource;
import io.plimsoll.messaging.log.Topic;
import io.plimsoll.messaging.view.Views;
import io.plimsoll.wire.ControlNumbers;
import io.plimsoll.wire.EvidenceCodec;
import io.plimsoll.wire.KernelCodec;
import io.plimsoll.wire.ResourceCodec;
import io.plimsoll.wire.TopicKey;
import io.plimsoll.wire.Version;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.postgresql.ds.PGSimpleDataSource;

/** The corridor on a real broker and a real database: one owner a partition, evidence as computed in one process, and back after a kill. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RealCorridorTest {

    private static final int PARTITIONS = 3;
    private static final int PARTITION = 1;
    private static final String CLUSTER = "prod";
    private static final Duration TERM = Duration.ofSeconds(3);
    private static final String SHOP = """
            apiVersion: v1
            kind: Namespace
            metadata: {name: shop}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: cart, namespace: shop}
            spec: {template: {spec: {containers: [{name: main, image: "example/cart:latest"}]}}}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web, namespace: shop}
            spec: {template: {spec: {hostNetwork: true, containers: [{name: main, image: "example/web:1"}]}}}
            """;

    private static final OneMachine MACHINE = EmbeddedParts.infrastructure();
    private static final ClusterAnalysis ANALYSIS = new ClusterAnalysis(StageModel.builtin(), AddOnCatalogue.builtin());

    private static final class Audit implements Analyser {
        @Override
        public String name() {
            return "config-audit";
        }

        @Override
        public String fingerprint() {
            return "audit";
        }

        @Override
        public List<Evidence> analyse(ClusterState state, ClusterContext declared) {
            return ANALYSIS.auditEvidence(ANALYSIS.inventory(state, declared));
        }
    }

    @BeforeAll
    static void tables() throws SQLException {
        try (Connection connection = database().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("create table replica (address text primary key, seen timestamptz not null)");
            statement.execute("create table lease (partition int primary key, address text not null,"
                    + " generation bigint not null, expires timestamptz not null)");
            statement.execute("create table generation (number bigint primary key, fingerprint text not null)");
        }
    }

    private static PGSimpleDataSource database() {
        DatabaseAccess access = MACHINE.postgres().access("config-audit");
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setUrl(access.jdbcUrl());
        database.setUser(access.user());
        database.setPassword(access.password());
        return database;
    }

    private static String bootstrap() {
        return MACHINE.kafka().bootstrapServers();
    }

    private static ClusterState state(String manifests) throws IOException {
        ClusterStateBuilder builder = new ClusterStateBuilder(CLUSTER, ClusterMode.MANIFESTS);
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
        return builder.build();
    }

    /** What inventory's relay writes for one batch: the state whole, what it no longer holds gone, the mark. */
    private static void relay(ClusterState state, long number, List<Resource> gone) {
        Version version = new Version(1, number, 0);
        Place place = new Place(Topic.RESOURCES, PARTITION);
        List<LogRecord> records = new ArrayList<>();
        for (Resource resource : state.resources()) {
            byte[] bytes = ResourceCodec.toWire(resource, version, state.mode(), "files")
                    .toByteArray();
            records.add(new LogRecord(place, TopicKey.resource(resource.id()), bytes, version));
        }
        gone.forEach(resource -> records.add(new LogRecord(place, TopicKey.resource(resource.id()), null, version)));
        records.add(mark(place, version, state.resources().size()));
        Place declarations = new Place(Topic.DECLARATIONS, 0);
        try (KafkaSink sink = new KafkaSink(bootstrap(), "inventory")) {
            sink.take(PARTITION);
            records.add(new LogRecord(
                    declarations,
                    TopicKey.mark("", "inventory"),
                    Mark.newBuilder().setWriter("inventory").build().toByteArray(),
                    new Version(0, 1, 0)));
            sink.write(PARTITION, records);
        }
    }

    private static LogRecord mark(Place place, Version version, int count) {
        Mark mark = Mark.newBuilder()
                .setCluster(CLUSTER)
                .setWriter("inventory")
                .setRevision(KernelCodec.toWire(version))
                .setMode(KernelCodec.toWire(ClusterMode.MANIFESTS))
                .setRecordCount(count)
                .build();
        return new LogRecord(place, TopicKey.mark(CLUSTER, "inventory"), mark.toByteArray(), version);
    }

    private static CorridorThread replica(String address) {
        return new CorridorThread(address, TERM.dividedBy(3), () -> corridor(address));
    }

    private static Corridor corridor(String address) {
        Views views = new Views();
        RecordSink sink = new KafkaSink(bootstrap(), "config-audit");
        EvidencePublisher publisher = new EvidencePublisher(
                new Audit(), views, sink, new PostgresGenerations(database()), values -> Declarations.NONE);
        return new Corridor(
                EvidencePublisher.reading(PARTITIONS),
                new PostgresLeases(database(), address, PARTITIONS, TERM),
                new KafkaSource(bootstrap()),
                sink,
                views,
                publisher);
    }

    /** Everything on the evidence topic that a reader who begins now would know, marks aside, and its newest mark. */
    private record Read(Map<String, byte[]> evidence, Version mark, int records) {}

    private static Read read() {
        Place place = new Place(Topic.EVIDENCE, PARTITION);
        Map<String, byte[]> live = new TreeMap<>();
        Version mark = Version.NONE;
        int records = 0;
        try (RecordSource source = new KafkaSource(bootstrap())) {
            source.read(Set.of(place));
            List<LogRecord> batch;
            do {
                batch = source.poll(Duration.ofMillis(300));
                records += batch.size();
                for (LogRecord record : batch) {
                    if (TopicKey.isMark(record.key())) {
                        mark = record.version();
                    } else if (record.value() == null) {
                        live.remove(record.key());
                    } else {
                        live.put(record.key(), record.value());
                    }
                }
            } while (!batch.isEmpty() || !source.replayed(place));
        }
        return new Read(live, mark, records);
    }

    private static void await(String what, BooleanSupplier condition) throws InterruptedException {
        Instant end = Instant.now().plusSeconds(60);
        while (!condition.getAsBoolean()) {
            if (Instant.now().isAfter(end)) {
                throw new AssertionError("not within a minute: " + what);
            }
            Thread.sleep(100);
        }
    }

    private static Map<String, String> content(Map<String, byte[]> records) throws InvalidProtocolBufferException {
        Map<String, String> contents = new HashMap<>();
        for (Map.Entry<String, byte[]> each : records.entrySet()) {
            EvidenceRecord record = EvidenceRecord.parseFrom(each.getValue());
            contents.put(each.getKey(), java.util.Arrays.toString(EvidenceCodec.content(record)));
        }
        return contents;
    }

    private static Map<String, String> expected(ClusterState state) throws InvalidProtocolBufferException {
        Map<String, byte[]> records = new HashMap<>();
        new EvidenceCodec(ControlNumbers.builtin())
                .toWire(new Audit().analyse(state, ClusterContext.silent(CLUSTER)), "config-audit", Version.NONE)
                .forEach((subject, record) ->
                        records.put(TopicKey.evidence(CLUSTER, "config-audit", subject), record.toByteArray()));
        return content(records);
    }

    @Test
    @Order(1)
    void theEvidenceOnTheTopicIsThatOfOneProcess() throws Exception {
        ClusterState shop = state(SHOP);
        relay(shop, 1, List.of());
        try (CorridorThread replica = replica("127.0.0.1:1")) {
            replica.start();
            await("evidence", () -> read().mark().number() == 1);
            assertThat(content(read().evidence())).isEqualTo(expected(shop));
        }
    }

    @Test
    @Order(2)
    void aRestartPublishesNothingAnewAndABatchOnlyWhatChanged() throws Exception {
        int before = read().records();
        try (CorridorThread replica = replica("127.0.0.1:2")) {
            replica.start();
            await("replay", replica::ready);
            assertThat(read().records()).isEqualTo(before);
            ClusterState smaller = state(SHOP.substring(0, SHOP.lastIndexOf("---")));
            List<Resource> gone = state(SHOP).resources().stream()
                    .filter(resource -> resource.name().equals("web"))
                    .toList();
            relay(smaller, 2, gone);
            await("the second batch", () -> read().mark().number() == 2);
            assertThat(content(read().evidence())).isEqualTo(expected(smaller));
        }
    }

    @Test
    @Order(3)
    void twoReplicasShareThePartitionsAndTheOneTakenOverIsFenced() throws Exception {
        PostgresLeases first = new PostgresLeases(database(), "127.0.0.1:3", PARTITIONS, TERM);
        PostgresLeases second = new PostgresLeases(database(), "127.0.0.1:4", PARTITIONS, TERM);
        assertThat(first.renew()).hasSize(PARTITIONS);
        second.renew();
        Map<Integer, Leases.Lease> kept = first.renew();
        Map<Integer, Leases.Lease> got = second.renew();
        assertThat(kept.size() + got.size()).isEqualTo(PARTITIONS);
        assertThat(kept.keySet()).doesNotContainAnyElementsOf(got.keySet());
        assertThat(second.owner(kept.keySet().iterator().next()).orElseThrow().address())
                .isEqualTo("127.0.0.1:3");
        first.release();
        second.release();
        try (KafkaSink sleeper = new KafkaSink(bootstrap(), "config-audit");
                KafkaSink next = new KafkaSink(bootstrap(), "config-audit")) {
            sleeper.take(PARTITION);
            next.take(PARTITION);
            int before = read().records();
            LogRecord late = mark(new Place(Topic.EVIDENCE, PARTITION), new Version(1, 0, 0), 0);
            assertThatThrownBy(() -> sleeper.write(PARTITION, List.of(late))).isInstanceOf(RecordSink.Fenced.class);
            assertThat(read().records()).isEqualTo(before);
        }
    }

    @Test
    @Order(4)
    void aKilledBrokerIsWaitedForAndTheNextBatchArrives() throws Exception {
        try (CorridorThread replica = replica("127.0.0.1:5")) {
            replica.start();
            await("replay", replica::ready);
            ProcessHandle broker = MACHINE.supervisor().process("kafka").orElseThrow();
            broker.destroyForcibly();
            await(
                    "another broker",
                    () -> MACHINE.supervisor()
                            .process("kafka")
                            .filter(now -> now.pid() != broker.pid())
                            .isPresent());
            MACHINE.awaitReady();
            ClusterState shop = state(SHOP);
            relay(shop, 3, List.of());
            await("the third batch", () -> read().mark().number() == 3);
            assertThat(content(read().evidence())).isEqualTo(expected(shop));
        }
    }
}
