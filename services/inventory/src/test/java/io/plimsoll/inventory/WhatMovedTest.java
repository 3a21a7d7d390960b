package io.plimsoll.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.inventory.flow.Step;
import io.plimsoll.inventory.sensor.Credentials;
import io.plimsoll.inventory.sensor.PublishedUpTo;
import io.plimsoll.inventory.sensor.SensorChange;
import io.plimsoll.inventory.sensor.SensorFlow;
import io.plimsoll.inventory.sensor.SensorRow;
import io.plimsoll.inventory.store.PostgresSensors;
import io.plimsoll.inventory.store.Queries;
import io.plimsoll.messaging.log.Topic;
import io.plimsoll.store.Database;
import io.plimsoll.store.Sql;
import io.plimsoll.wire.Version;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A publication reads what moved since the one before it, and must come to what one that reads everything comes to, whatever went wrong in between. */
class WhatMovedTest {

    private static final SensorFlow.End OPEN = new SensorFlow.End(false, false, null);

    private final Database database = new Database(Rig.database());
    private final PostgresSensors sensors = new PostgresSensors(database);
    private final Queries queries = new Queries(database);
    private final SensorFlow flow = new SensorFlow(sensors, "127.0.0.1:1", Clock.systemUTC(), Step.Watcher.NOBODY);

    private SensorFlow.Session seen(Rig rig, String cluster, SensorChange... objects) {
        String shown = new Credentials(sensors, rig.store, Rig.PARTITIONS, Clock.systemUTC())
                .issue(cluster, "test", null)
                .shown();
        SensorFlow.Session session = flow.open(shown, cluster, "1", new byte[0]).session();
        flow.apply(session, List.of(objects), new SensorFlow.End(true, true, Sensed.digest(objects)), 0);
        rig.recompute.run(() -> {});
        return session;
    }

    private void tell(SensorFlow.Session session, SensorChange... changes) {
        flow.apply(session, List.of(changes), OPEN, 0);
    }

    private void write(String sql, String cluster) {
        int rows = database.alone(connection -> Sql.execute(connection, sql, cluster));
        assertThat(rows).isPositive();
    }

    /** Who reads everything, and compares it with what is kept as published, finds nothing to write. */
    private static void isWhatTheWholeSays(Rig rig, String cluster, long number) {
        assertThat(revision(rig, cluster).number()).isEqualTo(number);
        Rig whole = new Rig(Step.Watcher.NOBODY, "reads all of " + cluster, 0);
        whole.recompute.begin();
        whole.recompute.run(() -> {});
        assertThat(revision(rig, cluster).number()).isEqualTo(number);
    }

    private static Version revision(Rig rig, String cluster) {
        return rig.store.cluster(cluster).orElseThrow().revision();
    }

    @ParameterizedTest
    @EnumSource(
            value = Step.class,
            names = {"RESOURCES", "FACTS", "MARKED", "ACCEPTED"})
    void onePublicationThatFailsIsMadeGoodByTheNext(Step step) {
        String cluster = "moved-" + step.ordinal();
        boolean[] armed = new boolean[1];
        Rig rig = new Rig(here -> {
            if (here == step && armed[0]) {
                armed[0] = false;
                throw new IllegalStateException("failed after " + here);
            }
        });
        rig.recompute.begin();
        SensorFlow.Session session =
                seen(rig, cluster, Sensed.service(cluster, 1, 5, "a"), Sensed.service(cluster, 2, 5, "a"));
        tell(session, Sensed.service(cluster, 1, 6, "b"), Sensed.gone(2, 6), Sensed.service(cluster, 3, 6, "a"));
        armed[0] = true;
        assertThatThrownBy(() -> rig.recompute.run(() -> {})).isInstanceOf(IllegalStateException.class);
        tell(session, Sensed.service(cluster, 1, 7, "a"), Sensed.gone(3, 7), Sensed.service(cluster, 2, 7, "c"));
        rig.recompute.run(() -> {});
        isWhatTheWholeSays(rig, cluster, 2);
    }

    @Test
    void whatAnotherReplicaPublishesMeanwhileIsNotTakenForWhatStood() {
        Rig one = Rig.begun();
        Rig other = Rig.begun();
        SensorFlow.Session session = seen(one, "moved-b", Sensed.service("moved-b", 1, 5, "a"));
        for (int round = 0; round < 3; round++) {
            long version = 10 + 10L * round;
            tell(session, Sensed.service("moved-b", 1, version, "other"), Sensed.service("moved-b", 2, version, "b"));
            other.recompute.run(() -> {});
            // As it was before the other's: nothing moved for who knows only that.
            tell(session, Sensed.service("moved-b", 1, version + 1, "a"), Sensed.gone(2, version + 1));
            one.recompute.run(() -> {});
        }
        isWhatTheWholeSays(one, "moved-b", 7);
    }

    @Test
    void whatMovedWithoutANumberIsFoundByTheDigest() {
        Rig rig = Rig.begun();
        SensorFlow.Session session =
                seen(rig, "moved-c", Sensed.service("moved-c", 1, 5, "a"), Sensed.service("moved-c", 2, 5, "a"));
        // A deletion that is remembered no more, as after a day in which another replica published.
        tell(session, Sensed.gone(2, 6));
        write("delete from live_gone where cluster = ?", "moved-c");
        rig.recompute.run(() -> {});
        assertThat(rig.store.cluster("moved-c").orElseThrow().objects()).isEqualTo(1);
        isWhatTheWholeSays(rig, "moved-c", 2);
        // A replica of the version before counts no batches.
        tell(session, Sensed.service("moved-c", 1, 7, "b"), Sensed.service("moved-c", 3, 7, "a"));
        write("update live_object set sequence = 0 where cluster = ?", "moved-c");
        rig.recompute.run(() -> {});
        assertThat(rig.store.cluster("moved-c").orElseThrow().objects()).isEqualTo(2);
        isWhatTheWholeSays(rig, "moved-c", 3);
    }

    @Test
    void whatComesBackInTheSameBatchStays() {
        Rig rig = Rig.begun();
        SensorFlow.Session session = seen(rig, "moved-d", Sensed.service("moved-d", 1, 5, "a"));
        tell(
                session,
                Sensed.gone(1, 6),
                Sensed.service("moved-d", 1, 7, "b"),
                Sensed.gone(1, 8),
                Sensed.service("moved-d", 1, 9, "c"));
        rig.recompute.run(() -> {});
        assertThat(rig.store.cluster("moved-d").orElseThrow().objects()).isEqualTo(1);
        isWhatTheWholeSays(rig, "moved-d", 2);
        tell(session, Sensed.gone(1, 10));
        tell(session, Sensed.service("moved-d", 1, 11, "d"));
        rig.recompute.run(() -> {});
        isWhatTheWholeSays(rig, "moved-d", 3);
    }

    @Test
    void whatIsPublishedWaitsNoLonger() {
        Rig rig = Rig.begun();
        SensorFlow.Session session = seen(rig, "moved-e", Sensed.service("moved-e", 1, 5, "a"));
        Instant now = Instant.now();
        assertThat(lag("moved-e", now.plusSeconds(100))).isZero();
        tell(session, Sensed.service("moved-e", 1, 6, "b"));
        assertThat(lag("moved-e", now.plusSeconds(100))).isBetween(Duration.ofSeconds(90), Duration.ofSeconds(101));
        rig.recompute.run(() -> {});
        assertThat(lag("moved-e", now.plusSeconds(100))).isZero();
        tell(session, Sensed.service("moved-e", 1, 7, "c"));
        assertThat(lag("moved-e", now.plusSeconds(100))).isBetween(Duration.ofSeconds(90), Duration.ofSeconds(101));
    }

    private Duration lag(String cluster, Instant now) {
        SensorRow row = sensors.sensor(cluster).orElseThrow();
        return row.lag(queries.publishedUpTo(cluster), now);
    }

    @Test
    void whatCameWhileAStateWasPublishedWaitsSinceThatWasRead() {
        Rig rig = Rig.begun();
        SensorFlow.Session session = seen(rig, "moved-f", Sensed.service("moved-f", 1, 5, "a"));
        tell(session, Sensed.service("moved-f", 1, 6, "b"));
        tell(session, Sensed.service("moved-f", 1, 7, "c"));
        SensorRow row = sensors.sensor("moved-f").orElseThrow();
        Instant waiting = Objects.requireNonNull(row.waiting());
        Instant read = waiting.plusSeconds(3);
        PublishedUpTo theFirst = new PublishedUpTo(row.sequence() - 1, read);
        assertThat(row.lag(theFirst, read.plusSeconds(2))).isEqualTo(Duration.ofSeconds(2));
        assertThat(row.lag(theFirst, waiting)).as("a clock that is behind").isZero();
        assertThat(row.lag(new PublishedUpTo(row.sequence(), read), read.plusSeconds(2)))
                .isZero();
    }

    @Test
    void aRebuildReadsWhatIsKeptAndNotWhatWasKnown() {
        Rig rig = Rig.begun();
        seen(rig, "moved-g", Sensed.service("moved-g", 1, 5, "a"), Sensed.service("moved-g", 2, 5, "a"));
        write("delete from published where topic = 1 and key like '%s2' and cluster = ?", "moved-g");
        rig.store.rebuild();
        rig.recompute.run(() -> {});
        rig.relay();
        assertThat(rig.read("moved-g").values(Topic.RESOURCES, "moved-g")).hasSize(2);
        isWhatTheWholeSays(rig, "moved-g", 1);
    }

    /** Who ends a cluster's waiting has read what it waited for. */
    @Test
    void aDeclarationThatIsBeingWrittenIsNotTakenForDone() throws Exception {
        Rig rig = Rig.begun();
        rig.ingest.upload(Rig.order("moved-h"), Rig.content(KillPointsTest.SHOP));
        rig.declare.put("moved", "", owners("first"), "");
        CountDownLatch written = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Rig slow = new Rig(step -> {
            if (step == Step.ACCEPTED) {
                written.countDown();
                try {
                    goOn.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
        });
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            Future<?> declares = threads.submit(() -> slow.declare.put("moved", "", owners("second"), ""));
            written.await();
            Future<?> publishes = threads.submit(() -> rig.recompute.run(() -> {}));
            assertThatThrownBy(() -> publishes.get(1, TimeUnit.SECONDS)).isInstanceOf(TimeoutException.class);
            goOn.countDown();
            declares.get();
            publishes.get();
        } finally {
            goOn.countDown();
        }
        rig.recompute.run(() -> {});
        isWhatTheWholeSays(rig, "moved-h", revision(rig, "moved-h").number());
        rig.declare.put("moved", "", "format: plimsoll.declarations/v1\n".getBytes(StandardCharsets.UTF_8), "");
        rig.recompute.run(() -> {});
    }

    private static byte[] owners(String team) {
        return """
                format: plimsoll.declarations/v1
                teams:
                  - name: %s
                    namespaces:
                      - {cluster: moved-h, namespace: shop}
                """.formatted(team).getBytes(StandardCharsets.UTF_8);
    }
}
