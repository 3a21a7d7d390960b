package io.plimsoll.messaging;

import static io.plimsoll.messaging.RealRig.await;
import static io.plimsoll.messaging.RealRig.content;
import static io.plimsoll.messaging.RealRig.relay;
import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.kernel.Evidence;
import io.plimsoll.kernel.declaration.ClusterContext;
import io.plimsoll.kernel.declaration.Declarations;
import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.messaging.analyser.Analyser;
import io.plimsoll.messaging.analyser.AnalyserProcess;
import io.plimsoll.messaging.analyser.Answer;
import io.plimsoll.messaging.analyser.EvidencePublisher;
import io.plimsoll.messaging.lease.Leases;
import io.plimsoll.messaging.lease.PostgresGenerations;
import io.plimsoll.messaging.lease.PostgresLeases;
import io.plimsoll.messaging.log.KafkaSink;
import io.plimsoll.messaging.log.KafkaSource;
import io.plimsoll.messaging.log.LogRecord;
import io.plimsoll.messaging.log.RecordSink;
import io.plimsoll.messaging.view.Views;
import io.plimsoll.wire.TopicKey;
import io.plimsoll.wire.Version;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Two replicas of one analyser: a partition moves while uploads go on, and one that slept through its lease writes nothing. */
class MovingPartitionTest {

    private static final String NAME = "network-segmentation";
    private static final int PARTITIONS = 4;
    private static final Duration TERM = Duration.ofSeconds(3);
    private static final RealRig RIG = new RealRig(NAME);

    /** A shop that looks different at each revision: one workload changes, one comes and goes. */
    private static ClusterState shop(String cluster, long number) {
        StringBuilder manifests = new StringBuilder("""
                apiVersion: v1
                kind: Namespace
                metadata: {name: shop}
                """);
        manifests.append(deployment("cart", "hostNetwork: " + (number % 2 == 0)));
        manifests.append(deployment("web", "hostPID: false"));
        if (number % 3 == 0) {
            manifests.append(deployment("batch", "hostPID: true"));
        }
        return RealRig.state(cluster, manifests.toString());
    }

    private static String deployment(String name, String spec) {
        return """
                ---
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: %s, namespace: shop}
                spec: {template: {spec: {%s, containers: [{name: main, image: "example/%s:1"}]}}}
                """.formatted(name, spec, name);
    }

    private static void upload(int partition, String cluster, long number) {
        ClusterState now = shop(cluster, number);
        Set<Object> ids = new HashSet<>();
        now.resources().forEach(resource -> ids.add(resource.id()));
        List<Resource> gone = shop(cluster, number - 1).resources().stream()
                .filter(resource -> !ids.contains(resource.id()))
                .toList();
        relay(partition, now, number, gone);
    }

    private static AnalyserProcess started(String address) {
        AnalyserProcess process = new AnalyserProcess(
                new RealRig.Audit(NAME),
                RIG.database(),
                new AnalyserProcess.Settings(RealRig.bootstrap(), PARTITIONS, address, TERM, true),
                values -> Declarations.NONE);
        process.start();
        return process;
    }

    private static String cluster(int partition) {
        return "moving" + partition;
    }

    @Test
    void aPartitionMovesWhileUploadsGoOnAndAnswersStayRight() throws Exception {
        AtomicLong number = new AtomicLong();
        AtomicBoolean enough = new AtomicBoolean();
        List<Throwable> faults = new CopyOnWriteArrayList<>();
        Thread uploads = new Thread(() -> {
            try {
                while (!enough.get()) {
                    long next = number.get() + 1;
                    for (int partition = 0; partition < PARTITIONS; partition++) {
                        upload(partition, cluster(partition), next);
                    }
                    number.set(next);
                }
            } catch (RuntimeException | Error e) {
                faults.add(e);
            }
        });
        uploads.start();
        try (AnalyserProcess first = started("127.0.0.1:11")) {
            await(
                    "the first owns all",
                    () -> first.ready()
                            && IntStream.range(0, PARTITIONS)
                                    .allMatch(partition -> first.ask(cluster(partition)) instanceof Answer.Here));
            try (AnalyserProcess second = started("127.0.0.1:12")) {
                await(
                        "both own a half",
                        () -> first.ready()
                                && second.ready()
                                && first.status().held().size() == PARTITIONS / 2
                                && second.status().held().size() == PARTITIONS / 2);
                long moved = number.get();
                await("uploads after the move", () -> number.get() > moved + 1 || !faults.isEmpty());
                enough.set(true);
                uploads.join();
                assertThat(faults).isEmpty();
                long last = number.get();
                for (int partition = 0; partition < PARTITIONS; partition++) {
                    holds(partition, last);
                    speaks(partition, last, first, second);
                }
            }
            await("the first owns all again", () -> first.status().answering().size() == PARTITIONS);
            assertThat(first.ask(cluster(PARTITIONS - 1))).isInstanceOf(Answer.Here.class);
            assertThat(first.ask("nobody")).isEqualTo(new Answer.Unknown());
        } finally {
            enough.set(true);
        }
    }

    /** The evidence is that of the last upload, and nothing in the log is older than what stands before it. */
    private static void holds(int partition, long last) throws InterruptedException {
        await(
                "the last upload",
                () -> RIG.read(partition, cluster(partition)).mark().number() == last);
        RealRig.Read read = RIG.read(partition, cluster(partition));
        assertThat(content(read.live())).isEqualTo(RIG.expected(shop(cluster(partition), last)));
        Version before = Version.NONE;
        for (LogRecord record : read.all()) {
            assertThat(record.version()).isGreaterThanOrEqualTo(before);
            before = record.version();
        }
    }

    /** One speaks of the cluster, of its last state; the other names it. */
    private static void speaks(int partition, long last, AnalyserProcess first, AnalyserProcess second)
            throws InterruptedException {
        boolean isFirst = first.status().held().contains(partition);
        AnalyserProcess owner = isFirst ? first : second;
        AnalyserProcess other = isFirst ? second : first;
        await(
                "the owner's snapshot",
                () -> owner.ask(cluster(partition)) instanceof Answer.Here here
                        && here.snapshot().revision().number() == last);
        assertThat(((Answer.Here) owner.ask(cluster(partition)))
                        .snapshot()
                        .state()
                        .resources())
                .hasSameSizeAs(shop(cluster(partition), last).resources());
        assertThat(other.ask(cluster(partition))).isInstanceOfSatisfying(Answer.Elsewhere.class, elsewhere -> {
            Leases.Lease lease = elsewhere.owner().orElseThrow();
            assertThat(lease.address()).isEqualTo(isFirst ? "127.0.0.1:11" : "127.0.0.1:12");
            assertThat(lease.generation()).isPositive();
        });
    }

    /** Stops when told, as a process does under SIGSTOP: in the middle of an analysis, and its leases are not renewed. */
    private static final class Sleeper implements Analyser, Leases {

        private final Analyser engine = new RealRig.Audit(NAME);
        private final Leases leases = new PostgresLeases(RIG.database(), "127.0.0.1:13", PARTITIONS, TERM);
        private final CountDownLatch awake = new CountDownLatch(1);
        private final CountDownLatch fellAsleep = new CountDownLatch(1);
        private volatile boolean tired;

        private void sleep() {
            fellAsleep.countDown();
            try {
                awake.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public String name() {
            return engine.name();
        }

        @Override
        public String fingerprint() {
            return engine.fingerprint();
        }

        @Override
        public List<Evidence> analyse(ClusterState state, ClusterContext declared) {
            List<Evidence> evidence = engine.analyse(state, declared);
            if (tired) {
                sleep();
            }
            return evidence;
        }

        @Override
        public Map<Integer, Lease> renew() {
            if (tired) {
                sleep();
            }
            return leases.renew();
        }

        @Override
        public Optional<Lease> owner(int partition) {
            return leases.owner(partition);
        }

        @Override
        public void release() {
            leases.release();
        }
    }

    /** What was written, and how often the broker refused. */
    private static final class WatchedSink implements RecordSink {

        private final RecordSink sink = new KafkaSink(RealRig.bootstrap(), NAME);
        private final List<LogRecord> written;
        private final AtomicLong refused;

        WatchedSink(List<LogRecord> written, AtomicLong refused) {
            this.written = written;
            this.refused = refused;
        }

        @Override
        public void take(int partition) {
            sink.take(partition);
        }

        @Override
        public void write(int partition, List<LogRecord> records) {
            try {
                sink.write(partition, records);
                written.addAll(records);
            } catch (Fenced e) {
                refused.incrementAndGet();
                throw e;
            }
        }

        @Override
        public void leave(int partition) {
            sink.leave(partition);
        }

        @Override
        public void close() {
            sink.close();
        }
    }

    @Test
    void aReplicaThatSleptThroughItsLeaseIsRefusedByTheBroker() throws Exception {
        String cluster = "sleepy";
        int partition = 2;
        Sleeper sleeper = new Sleeper();
        List<LogRecord> written = new CopyOnWriteArrayList<>();
        AtomicLong refused = new AtomicLong();
        CorridorThread asleep = new CorridorThread("sleeper", TERM.dividedBy(3), () -> {
            Views views = new Views();
            RecordSink sink = new WatchedSink(written, refused);
            return new Corridor(
                    EvidencePublisher.reading(PARTITIONS),
                    sleeper,
                    new KafkaSource(RealRig.bootstrap()),
                    sink,
                    views,
                    new EvidencePublisher(
                            sleeper,
                            views,
                            sink,
                            new PostgresGenerations(RIG.database()),
                            values -> Declarations.NONE));
        });
        asleep.start();
        upload(partition, cluster, 1);
        await("the first revision", () -> RIG.read(partition, cluster).mark().number() == 1);
        await("ready", asleep::ready);
        sleeper.tired = true;
        upload(partition, cluster, 2);
        sleeper.fellAsleep.await();
        int before = written.size();
        try (AnalyserProcess next = started("127.0.0.1:14")) {
            await("another owner", () -> next.status().answering().contains(partition));
            upload(partition, cluster, 3);
            await(
                    "the third revision",
                    () -> RIG.read(partition, cluster).mark().number() == 3);
            assertThat(asleep.holds(partition)).isFalse();
            RealRig.Read read = RIG.read(partition, cluster);
            sleeper.tired = false;
            sleeper.awake.countDown();
            await("the sleeper is refused", () -> refused.get() > 0);
            assertThat(written).hasSize(before);
            assertThat(RIG.read(partition, cluster).all()).isEqualTo(read.all());
            assertThat(content(read.live())).isEqualTo(RIG.expected(shop(cluster, 3)));
            List<Long> marks = new ArrayList<>();
            read.all().stream()
                    .filter(record -> TopicKey.isMark(record.key()))
                    .forEach(record -> marks.add(record.version().number()));
            assertThat(marks).containsExactly(1L, 2L, 3L);
        } finally {
            sleeper.tired = false;
            sleeper.awake.countDown();
            asleep.close();
        }
    }
}
