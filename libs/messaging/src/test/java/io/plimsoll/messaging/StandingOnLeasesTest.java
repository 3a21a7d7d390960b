package io.plimsoll.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.messaging.lease.Leases;
import io.plimsoll.messaging.lease.PostgresLeases;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Long transactions beside leases, on the real database: they are written under a lease, and cost nobody's. */
class StandingOnLeasesTest {

    private static final int PARTITIONS = 3;
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final RealRig RIG = new RealRig("config-audit");
    private static final RealRig OTHER = new RealRig("network-segmentation");

    private static PostgresLeases leases(RealRig rig, String address, Duration term) {
        return new PostgresLeases(rig.database(), address, PARTITIONS, term);
    }

    private static long standOn(Connection connection, int partition) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(PostgresLeases.STAND_ON)) {
            query.setInt(1, partition);
            try (ResultSet rows = query.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }

    private static long generation(Map<Integer, Leases.Lease> leases) {
        return Objects.requireNonNull(leases.get(0)).generation();
    }

    /** In a thread of its own: one that waits must not keep another from being asked. */
    private static CompletableFuture<Map<Integer, Leases.Lease>> async(PostgresLeases leases) {
        return CompletableFuture.supplyAsync(
                leases::renew, task -> Thread.ofPlatform().daemon().start(task));
    }

    private static Map<Integer, Leases.Lease> soon(PostgresLeases leases) throws Exception {
        return async(leases).get(20, TimeUnit.SECONDS);
    }

    @Test
    void aTransactionUnderALeaseHoldsUpNeitherItsRenewalNorThatOfOtherServices() throws Exception {
        PostgresLeases mine = leases(RIG, "127.0.0.1:21", LONG);
        Map<Integer, Leases.Lease> held = mine.renew();
        try (Connection writing = RIG.database().getConnection()) {
            writing.setAutoCommit(false);
            assertThat(standOn(writing, 0)).isEqualTo(generation(held));
            assertThat(soon(mine)).isEqualTo(held);
            PostgresLeases others = leases(OTHER, "127.0.0.1:22", LONG);
            assertThat(soon(others)).hasSize(PARTITIONS);
            others.release();
            writing.rollback();
        } finally {
            mine.release();
        }
    }

    @Test
    void aDecisionThatWaitsHoldsUpNoOtherService() throws Exception {
        PostgresLeases mine = leases(RIG, "127.0.0.1:23", LONG);
        mine.renew();
        try (Connection holding = RIG.database().getConnection()) {
            holding.setAutoCommit(false);
            try (PreparedStatement lock = holding.prepareStatement("select partition from lease for update")) {
                lock.execute();
            }
            CompletableFuture<Map<Integer, Leases.Lease>> waiting = async(mine);
            awaitALock();
            PostgresLeases others = leases(OTHER, "127.0.0.1:26", LONG);
            assertThat(soon(others)).hasSize(PARTITIONS);
            others.release();
            assertThat(waiting).as("it waits in the midst of its decision").isNotDone();
            holding.rollback();
            assertThat(waiting.get(20, TimeUnit.SECONDS)).hasSize(PARTITIONS);
        } finally {
            mine.release();
        }
    }

    /** Until another connection of the same user waits for a row. */
    private static void awaitALock() throws SQLException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        // Each question a transaction of its own: within one the database answers what it answered first.
        try (Connection asking = RIG.database().getConnection();
                PreparedStatement query = asking.prepareStatement(
                        "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and query like 'update lease%'")) {
            while (true) {
                try (ResultSet rows = query.executeQuery()) {
                    rows.next();
                    if (rows.getInt(1) > 0) {
                        return;
                    }
                }
                assertThat(System.nanoTime()).as("the decision waits").isLessThan(end);
                Thread.sleep(20);
            }
        }
    }

    @Test
    void whatIsStillWrittenUnderIsTakenOverAfterwards() throws Exception {
        PostgresLeases before = leases(RIG, "127.0.0.1:24", LONG);
        long generation = generation(before.renew());
        PostgresLeases after = leases(RIG, "127.0.0.1:25", LONG);
        try (Connection writing = RIG.database().getConnection()) {
            writing.setAutoCommit(false);
            assertThat(standOn(writing, 0)).isEqualTo(generation);
            before.release();
            assertThat(soon(after)).as("all but the one that is written under").containsOnlyKeys(1, 2);
            writing.commit();
            assertThat(generation(soon(after))).isEqualTo(generation + 1);
            assertThat(standOn(writing, 0)).isEqualTo(generation + 1);
            writing.rollback();
        } finally {
            after.release();
        }
    }
}
