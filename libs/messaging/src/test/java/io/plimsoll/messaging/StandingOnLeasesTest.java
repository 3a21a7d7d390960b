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

    private static Map<Integer, Leases.Lease> soon(PostgresLeases leases) throws Exception {
        return CompletableFuture.supplyAsync(leases::renew).get(20, TimeUnit.SECONDS);
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
    void oneDecisionOfAServiceHoldsUpNoOther() throws Exception {
        try (Connection deciding = RIG.database().getConnection()) {
            deciding.setAutoCommit(false);
            try (PreparedStatement lock = deciding.prepareStatement(
                    "select pg_advisory_xact_lock(hashtext('plimsoll-leases'), hashtext(current_schema()))")) {
                lock.execute();
            }
            PostgresLeases others = leases(OTHER, "127.0.0.1:23", LONG);
            assertThat(soon(others)).hasSize(PARTITIONS);
            others.release();
            deciding.rollback();
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
