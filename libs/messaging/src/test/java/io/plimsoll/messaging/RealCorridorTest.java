package io.plimsoll.messaging;

import static io.plimsoll.messaging.RealRig.MACHINE;
import static io.plimsoll.messaging.RealRig.await;
import static io.plimsoll.messaging.RealRig.content;
import static io.plimsoll.messaging.RealRig.relay;
import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.kernel.declaration.Declarations;
import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.messaging.analyser.AnalyserProcess;
import io.plimsoll.messaging.lease.Leases;
import io.plimsoll.messaging.lease.PostgresLeases;
import io.plimsoll.messaging.log.LogRecord;
import io.plimsoll.wire.TopicKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** One analyser on a real broker and a real database: evidence as computed in one process, and back after a kill. */
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

    private static final RealRig RIG = new RealRig("config-audit");

    private static AnalyserProcess started(String address) {
        AnalyserProcess process = new AnalyserProcess(
                new RealRig.Audit("config-audit"),
                RIG.database(),
                new AnalyserProcess.Settings(RealRig.bootstrap(), PARTITIONS, address, TERM, false),
                values -> Declarations.NONE);
        process.start();
        return process;
    }

    private static ClusterState state(String manifests) {
        return RealRig.state(CLUSTER, manifests);
    }

    private static RealRig.Read read() {
        return RIG.read(PARTITION, CLUSTER);
    }

    @Test
    @Order(1)
    void theEvidenceOnTheTopicIsThatOfOneProcess() throws Exception {
        ClusterState shop = state(SHOP);
        relay(PARTITION, shop, 1, List.of());
        try (AnalyserProcess replica = started("127.0.0.1:1")) {
            await("evidence", () -> read().mark().number() == 1);
            assertThat(content(read().live())).isEqualTo(RIG.expected(shop));
            await("ready", replica::ready);
        }
    }

    @Test
    @Order(2)
    void aRestartPublishesNothingAndAnIdenticalRevisionOnlyItsMark() throws Exception {
        RealRig.Read before = read();
        try (AnalyserProcess replica = started("127.0.0.1:2")) {
            await("the first hand-on", replica::ready);
            assertThat(replica.status().held()).contains(PARTITION);
            assertThat(read().since(before)).isEmpty();
            relay(PARTITION, state(SHOP), 2, List.of());
            await("the second batch", () -> read().mark().number() == 2);
            assertThat(read().since(before))
                    .singleElement()
                    .satisfies(
                            record -> assertThat(TopicKey.isMark(record.key())).isTrue());
        }
    }

    @Test
    @Order(3)
    void aBatchPublishesOnlyWhatChangedTombstonesAndItsMark() throws Exception {
        RealRig.Read before = read();
        Map<String, String> old = content(before.live());
        ClusterState smaller = state(SHOP.substring(0, SHOP.lastIndexOf("---")));
        List<Resource> gone = state(SHOP).resources().stream()
                .filter(resource -> resource.name().equals("web"))
                .toList();
        Map<String, String> expected = RIG.expected(smaller);
        try (AnalyserProcess replica = started("127.0.0.1:2")) {
            await("the first hand-on", replica::ready);
            relay(PARTITION, smaller, 3, gone);
            await("the third batch", () -> read().mark().number() == 3);
        }
        Set<String> changed = expected.entrySet().stream()
                .filter(each -> !each.getValue().equals(old.get(each.getKey())))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        Set<String> vanished = new TreeSet<>(old.keySet());
        vanished.removeAll(expected.keySet());
        assertThat(vanished).isNotEmpty();
        List<LogRecord> written = read().since(before);
        assertThat(written.getLast().key()).isEqualTo(TopicKey.mark(CLUSTER, "config-audit"));
        List<LogRecord> records = written.subList(0, written.size() - 1);
        assertThat(records.stream().filter(record -> record.value() != null).map(LogRecord::key))
                .containsExactlyInAnyOrderElementsOf(changed);
        assertThat(records.stream().filter(record -> record.value() == null).map(LogRecord::key))
                .containsExactlyInAnyOrderElementsOf(vanished);
        assertThat(content(read().live())).isEqualTo(expected);
    }

    @Test
    @Order(4)
    void twoReplicasShareThePartitions() {
        PostgresLeases first = new PostgresLeases(RIG.database(), "127.0.0.1:3", PARTITIONS, TERM);
        PostgresLeases second = new PostgresLeases(RIG.database(), "127.0.0.1:4", PARTITIONS, TERM);
        assertThat(first.renew()).hasSize(PARTITIONS);
        second.renew();
        Map<Integer, Leases.Lease> kept = first.renew();
        Map<Integer, Leases.Lease> got = second.renew();
        assertThat(kept.size() + got.size()).isEqualTo(PARTITIONS);
        assertThat(kept.keySet()).doesNotContainAnyElementsOf(got.keySet());
        Leases.Lease owner = second.owner(kept.keySet().iterator().next()).orElseThrow();
        assertThat(owner.address()).isEqualTo("127.0.0.1:3");
        assertThat(owner.expires()).isPresent();
        first.release();
        second.release();
    }

    @Test
    @Order(5)
    void aKilledBrokerIsWaitedForUnreadyAndTheNextBatchArrives() throws Exception {
        try (AnalyserProcess replica = started("127.0.0.1:5")) {
            await("replay", replica::ready);
            awaitAnother("kafka", kill("kafka"));
            MACHINE.awaitReady();
            ClusterState shop = state(SHOP);
            relay(PARTITION, shop, 4, List.of());
            await("the fourth batch", () -> read().mark().number() == 4);
            assertThat(content(read().live())).isEqualTo(RIG.expected(shop));
            await("ready", replica::ready);
        }
    }

    @Test
    @Order(6)
    void whoIsStartedWhileBrokerAndDatabaseAreAwayComesBackByItself() throws Exception {
        ProcessHandle broker = kill("kafka");
        ProcessHandle database = kill("postgresql");
        try (AnalyserProcess replica = started("127.0.0.1:6")) {
            await("a fault", () -> !replica.status().fault().isEmpty());
            assertThat(replica.ready()).isFalse();
            assertThat(replica.status().held()).isEmpty();
            awaitAnother("kafka", broker);
            awaitAnother("postgresql", database);
            MACHINE.awaitReady();
            relay(PARTITION, state(SHOP), 5, List.of());
            await("the fifth batch", () -> read().mark().number() == 5);
            await("ready", replica::ready);
            assertThat(replica.status().fault()).isEmpty();
            await("nothing left to read", () -> replica.status().behind().orElse(-1) == 0);
        }
    }

    private static ProcessHandle kill(String part) {
        ProcessHandle process = MACHINE.supervisor().process(part).orElseThrow();
        process.destroyForcibly();
        process.onExit().join();
        return process;
    }

    private static void awaitAnother(String part, ProcessHandle killed) throws InterruptedException {
        await(
                "another " + part,
                () -> MACHINE.supervisor()
                        .process(part)
                        .filter(now -> now.pid() != killed.pid())
                        .isPresent());
    }
}
