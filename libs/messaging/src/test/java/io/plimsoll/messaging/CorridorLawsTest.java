package io.plimsoll.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import io.plimsoll.api.marks.v1.Mark;
import io.plimsoll.kernel.ClusterMode;
import io.plimsoll.kernel.Evidence;
import io.plimsoll.kernel.Reason;
import io.plimsoll.kernel.Source;
import io.plimsoll.kernel.SubjectId;
import io.plimsoll.kernel.SubjectKind;
import io.plimsoll.kernel.declaration.ClusterContext;
import io.plimsoll.kernel.declaration.Declarations;
import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.ResourceId;
import io.plimsoll.kubernetes.value.Value;
import io.plimsoll.messaging.analyser.Analyser;
import io.plimsoll.messaging.analyser.AnalyserFigures;
import io.plimsoll.messaging.analyser.EvidencePublisher;
import io.plimsoll.messaging.analyser.Snapshots;
import io.plimsoll.messaging.lease.Generations;
import io.plimsoll.messaging.lease.Leases;
import io.plimsoll.messaging.log.LogRecord;
import io.plimsoll.messaging.log.Place;
import io.plimsoll.messaging.log.RecordSink;
import io.plimsoll.messaging.log.Topic;
import io.plimsoll.messaging.view.Views;
import io.plimsoll.wire.ControlNumbers;
import io.plimsoll.wire.EvidenceCodec;
import io.plimsoll.wire.KernelCodec;
import io.plimsoll.wire.ResourceCodec;
import io.plimsoll.wire.TopicKey;
import io.plimsoll.wire.Version;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever happens on the way, the evidence that stands in the log is that of the last state: nothing lost, no ghosts. */
class CorridorLawsTest {

    private static final Place RESOURCES = new Place(Topic.RESOURCES, 0);
    private static final Place EVIDENCE = new Place(Topic.EVIDENCE, 0);

    private final MemoryLog log = new MemoryLog();
    private final Map<String, Integer> cluster = new TreeMap<>();
    private long number;

    /** Fails what is odd. */
    private static final class Parity implements Analyser {
        @Override
        public String name() {
            return "config-audit";
        }

        @Override
        public String fingerprint() {
            return "parity";
        }

        @Override
        public List<Evidence> analyse(ClusterState state, ClusterContext declared) {
            if (state.resources().stream().anyMatch(resource -> resource.name().equals("poison"))) {
                throw new IllegalStateException("no engine digests this");
            }
            return state.resources().stream().map(Parity::judge).toList();
        }

        private static Evidence judge(Resource resource) {
            SubjectId id =
                    new SubjectId(SubjectKind.WORKLOAD, resource.id().cluster(), "shop", "Pod", resource.name(), "");
            long value = resource.spec().at("value").integer().orElse(0);
            return value % 2 == 0
                    ? Evidence.pass("workload-controlled", id, "even", Source.NONE)
                    : Evidence.fail(
                            "workload-controlled",
                            id,
                            Reason.SEEN_AND_WRONG,
                            "spec.value",
                            String.valueOf(value),
                            "odd",
                            Source.NONE);
        }
    }

    private record Sole(long generation) implements Leases {
        @Override
        public Map<Integer, Lease> renew() {
            return Map.of(0, new Lease(0, "here", generation));
        }

        @Override
        public Optional<Lease> owner(int partition) {
            return Optional.of(new Lease(0, "here", generation));
        }

        @Override
        public void release() {}
    }

    /** Grants what the test says. */
    private static final class Told implements Leases {
        private Map<Integer, Lease> granted = Map.of();

        void grant(long generation) {
            granted = Map.of(0, new Lease(0, "here", generation));
        }

        @Override
        public Map<Integer, Lease> renew() {
            return granted;
        }

        @Override
        public Optional<Lease> owner(int partition) {
            return Optional.ofNullable(granted.get(partition));
        }

        @Override
        public void release() {
            granted = Map.of();
        }
    }

    private static Resource pod(String name, int value) {
        Value spec = new Value.Obj(Map.of("value", new Value.Num(new java.math.BigDecimal(value), 1)), 1);
        return new Resource(
                new ResourceId("prod", "", "Pod", "shop", name),
                "v1",
                new Value.Obj(Map.of("spec", spec), 1),
                Source.NONE,
                List.of());
    }

    /** One batch of inventory, cut off before its mark when {@code finished} is false. */
    private List<LogRecord> batch(Random random) {
        Version version = new Version(1, ++number, 0);
        List<LogRecord> records = new ArrayList<>();
        int changes = 1 + random.nextInt(6);
        for (int i = 0; i < changes; i++) {
            String name = "p" + random.nextInt(12);
            String key = TopicKey.resource(new ResourceId("prod", "", "Pod", "shop", name));
            if (random.nextInt(3) == 0 && cluster.remove(name) != null) {
                records.add(new LogRecord(RESOURCES, key, null, version));
            } else {
                int value = random.nextInt(4);
                cluster.put(name, value);
                byte[] bytes = ResourceCodec.toWire(pod(name, value), version, ClusterMode.MANIFESTS, "")
                        .toByteArray();
                records.add(new LogRecord(RESOURCES, key, bytes, version));
            }
        }
        Mark mark = Mark.newBuilder()
                .setCluster("prod")
                .setWriter("inventory")
                .setRevision(KernelCodec.toWire(version))
                .setMode(KernelCodec.toWire(ClusterMode.MANIFESTS))
                .setRecordCount(cluster.size())
                .build();
        records.add(new LogRecord(RESOURCES, TopicKey.mark("prod", "inventory"), mark.toByteArray(), version));
        return records;
    }

    private Corridor corridor(long lease, long generation) {
        Corridor corridor = corridor(new Sole(lease), generation, EvidencePublisher.Kept.nothing());
        corridor.renewLeases();
        return corridor;
    }

    private Corridor corridor(Leases leases, long generation, EvidencePublisher.Kept kept) {
        Views views = Views.readingResources();
        RecordSink sink = log.sink();
        Generations generations = fingerprint -> generation;
        EvidencePublisher publisher =
                new EvidencePublisher(new Parity(), views, sink, generations, values -> Declarations.NONE, kept);
        return new Corridor(EvidencePublisher.reading(1), leases, log.source(), sink, views, publisher);
    }

    private static void walk(Corridor corridor) {
        for (int i = 0; i < 4; i++) {
            corridor.step(Duration.ZERO);
        }
    }

    private Map<String, Boolean> published() throws InvalidProtocolBufferException {
        EvidenceCodec codec = new EvidenceCodec(ControlNumbers.builtin());
        Map<String, Boolean> published = new TreeMap<>();
        for (LogRecord record : log.live(EVIDENCE).values()) {
            if (!TopicKey.isMark(record.key()) && record.value() != null) {
                for (Evidence each : codec.fromWire(record.value())) {
                    published.put(each.subject().name(), each.state() == io.plimsoll.kernel.EvidenceState.FAIL);
                }
            }
        }
        return published;
    }

    private Map<String, Boolean> expected() {
        Map<String, Boolean> expected = new TreeMap<>();
        cluster.forEach((name, value) -> expected.put(name, value % 2 != 0));
        return expected;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void whateverHappensTheEvidenceIsThatOfTheLastState(long seed) throws InvalidProtocolBufferException {
        Random random = new Random(seed);
        long lease = 1;
        long generation = 1;
        Corridor walking = corridor(lease, generation);
        List<LogRecord> earlier = new ArrayList<>();
        for (int round = 0; round < 60; round++) {
            List<LogRecord> records = batch(random);
            for (LogRecord record : records) {
                log.append(record);
                earlier.add(record);
                switch (random.nextInt(14)) {
                    case 0 -> walk(walking);
                    case 1 -> walking = corridor(++lease, generation);
                    case 2 -> log.compact(random.nextBoolean());
                    case 3 -> walking.step(Duration.ZERO);
                    default -> {
                        // Nothing happens between most records.
                    }
                }
            }
            if (random.nextInt(10) == 0) {
                // A relay that crashed before it noted what it had sent sends the last batch again.
                records.forEach(log::append);
            }
            if (random.nextInt(20) == 0) {
                walking = corridor(++lease, ++generation);
            }
        }
        walk(walking);
        assertThat(published()).as("seed %s", seed).isEqualTo(expected());
        int size = log.size(EVIDENCE);
        walk(corridor(++lease, generation));
        assertThat(log.size(EVIDENCE)).as("a restart publishes nothing anew").isEqualTo(size);
    }

    @org.junit.jupiter.api.Test
    void whoWasTakenOverWritesNoMore() throws InvalidProtocolBufferException {
        Random random = new Random(1);
        batch(random).forEach(log::append);
        Corridor sleeper = corridor(1, 1);
        sleeper.step(Duration.ZERO);
        Corridor next = corridor(2, 1);
        walk(next);
        batch(random).forEach(log::append);
        int before = log.size(EVIDENCE);
        walk(sleeper);
        assertThat(log.size(EVIDENCE)).isEqualTo(before);
        assertThat(sleeper.owned(0)).isFalse();
        walk(next);
        assertThat(published()).isEqualTo(expected());
    }

    /** Objects deleted while nobody was looking, and their tombstones compacted away, leave no evidence behind. */
    @org.junit.jupiter.api.Test
    void whatWasDeletedWhileAwayLeavesNoGhost() throws InvalidProtocolBufferException {
        Version version = new Version(1, ++number, 0);
        for (int i = 0; i < 100; i++) {
            String name = "gone" + i;
            cluster.put(name, 1);
            log.append(new LogRecord(
                    RESOURCES,
                    TopicKey.resource(pod(name, 1).id()),
                    ResourceCodec.toWire(pod(name, 1), version, ClusterMode.MANIFESTS, "")
                            .toByteArray(),
                    version));
        }
        batch(new Random(1)).forEach(log::append);
        walk(corridor(1, 1));
        assertThat(published()).hasSizeGreaterThan(100);
        Version later = new Version(1, ++number, 0);
        for (int i = 0; i < 100; i++) {
            cluster.remove("gone" + i);
            log.append(new LogRecord(
                    RESOURCES, TopicKey.resource(pod("gone" + i, 1).id()), null, later));
        }
        batch(new Random(2)).forEach(log::append);
        log.compact(true);
        walk(corridor(2, 1));
        assertThat(published()).isEqualTo(expected());
    }

    @org.junit.jupiter.api.Test
    void readyIsSaidAfterTheFirstHandOnAndNeverOfNothing() {
        batch(new Random(1)).forEach(log::append);
        Told leases = new Told();
        Corridor corridor = corridor(leases, 1, EvidencePublisher.Kept.nothing());
        corridor.renewLeases();
        walk(corridor);
        assertThat(corridor.ready()).as("nothing is held").isFalse();
        leases.grant(1);
        corridor.renewLeases();
        assertThat(corridor.ready()).as("nothing was handed on").isFalse();
        assertThat(corridor.status().replaying()).containsExactly(0);
        int before = log.size(EVIDENCE);
        corridor.step(Duration.ZERO);
        assertThat(log.size(EVIDENCE)).isGreaterThan(before);
        assertThat(corridor.ready()).isTrue();
        assertThat(corridor.status().answering()).containsExactly(0);
    }

    /** Between two renewals the partition was another's, who changed the log; what is read of it must be read anew. */
    @org.junit.jupiter.api.Test
    void aPartitionThatWentAndCameBackIsReadFromItsBeginning() throws InvalidProtocolBufferException {
        Random random = new Random(3);
        Told leases = new Told();
        leases.grant(1);
        Corridor slept = corridor(leases, 1, EvidencePublisher.Kept.nothing());
        slept.renewLeases();
        batch(random).forEach(log::append);
        walk(slept);
        Corridor other = corridor(2, 1);
        batch(random).forEach(log::append);
        walk(other);
        leases.grant(3);
        slept.renewLeases();
        assertThat(slept.replaying(0)).isTrue();
        batch(random).forEach(log::append);
        walk(slept);
        assertThat(published()).isEqualTo(expected());
        int size = log.size(EVIDENCE);
        walk(corridor(4, 1));
        assertThat(log.size(EVIDENCE)).isEqualTo(size);
    }

    /** The broker's refusal is believed until leases are asked for again; then the partition is read from its beginning. */
    @org.junit.jupiter.api.Test
    void whoWasRefusedTakesThePartitionAgainOnlyWithAFreshLease() throws InvalidProtocolBufferException {
        Random random = new Random(4);
        Told leases = new Told();
        leases.grant(1);
        Corridor refused = corridor(leases, 1, EvidencePublisher.Kept.nothing());
        refused.renewLeases();
        batch(random).forEach(log::append);
        walk(refused);
        walk(corridor(1, 1));
        batch(random).forEach(log::append);
        walk(refused);
        assertThat(refused.owned(0)).isFalse();
        refused.renewLeases();
        assertThat(refused.owned(0)).isTrue();
        walk(refused);
        assertThat(published()).isEqualTo(expected());
    }

    /** A corridor that owns the partition. */
    private Corridor owning(Optional<Snapshots> snapshots, AnalyserFigures figures) {
        Told leases = new Told();
        leases.grant(1);
        Corridor corridor = corridor(
                leases,
                1,
                new EvidencePublisher.Kept(snapshots, io.plimsoll.messaging.lease.ClusterPlaces.NONE, figures));
        corridor.renewLeases();
        return corridor;
    }

    @org.junit.jupiter.api.Test
    void anEngineThatFailsOnABatchLeavesItUnmarkedAndGoesOnWithTheNext() throws InvalidProtocolBufferException {
        AnalyserFigures figures = new AnalyserFigures();
        Corridor corridor = owning(Optional.of(new Snapshots()), figures);
        batch(new Random(5)).forEach(log::append);
        walk(corridor);
        int before = log.size(EVIDENCE);
        Map<String, Boolean> stands = published();
        cluster.put("poison", 1);
        append(pod("poison", 1));
        walk(corridor);
        assertThat(log.size(EVIDENCE)).isEqualTo(before);
        assertThat(published()).isEqualTo(stands);
        assertThat(figures.parkedClusters()).containsOnlyKeys("prod");
        assertThat(corridor.ready()).isTrue();
        cluster.remove("poison");
        append((byte[]) null);
        walk(corridor);
        assertThat(figures.parkedClusters()).isEmpty();
        assertThat(published()).isEqualTo(expected());
    }

    @org.junit.jupiter.api.Test
    void aRecordThatCannotBeReadIsLeftOutAndCountedUntilItCan() throws InvalidProtocolBufferException {
        AnalyserFigures figures = new AnalyserFigures();
        Corridor corridor = owning(Optional.empty(), figures);
        batch(new Random(6)).forEach(log::append);
        Map<String, Boolean> others = expected();
        cluster.put("poison", 0);
        append(new byte[] {1, 2, 3});
        walk(corridor);
        assertThat(figures.parkedRecords()).isEqualTo(1);
        assertThat(published()).isEqualTo(others);
        cluster.remove("poison");
        append((byte[]) null);
        walk(corridor);
        assertThat(figures.parkedRecords()).isZero();
        assertThat(published()).isEqualTo(expected());
    }

    /** One batch with this object, or without the one named poison. */
    private void append(@org.jspecify.annotations.Nullable Resource resource) {
        append(
                resource == null
                        ? null
                        : ResourceCodec.toWire(resource, new Version(1, number + 1, 0), ClusterMode.MANIFESTS, "")
                                .toByteArray());
    }

    private void append(byte @org.jspecify.annotations.Nullable [] bytes) {
        Version version = new Version(1, ++number, 0);
        log.append(new LogRecord(RESOURCES, TopicKey.resource(pod("poison", 1).id()), bytes, version));
        Mark mark = Mark.newBuilder()
                .setRevision(KernelCodec.toWire(version))
                .setMode(KernelCodec.toWire(ClusterMode.MANIFESTS))
                .setRecordCount(cluster.size())
                .build();
        log.append(new LogRecord(RESOURCES, TopicKey.mark("prod", "inventory"), mark.toByteArray(), version));
    }
}
