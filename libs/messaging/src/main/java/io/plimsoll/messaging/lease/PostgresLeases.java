package io.plimsoll.messaging.lease;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.sql.DataSource;

/**
 * Leases in the service's own schema: {@code replica(address, seen)} and {@code lease(partition, address, generation, expires)}. Time is the
 * database's, so that skewed clocks do not make two owners. Any thread.
 */
public final class PostgresLeases implements Leases {

    private final DataSource database;
    private final String address;
    private final int partitions;
    private final Duration term;

    /**
     * @param address where this replica answers
     * @param partitions how many there are
     * @param term how long a lease lasts without renewal; renew at least three times as often
     */
    /**
     * Asks for a lease's generation in the transaction that writes under it. Until that ends nobody takes the partition over; renewing the lease
     * goes on beside it, however long it takes.
     */
    public static final String STAND_ON = "select generation from lease where partition = ? for key share";

    public PostgresLeases(DataSource database, String address, int partitions, Duration term) {
        this.database = database;
        this.address = address;
        this.partitions = partitions;
        this.term = term;
    }

    @Override
    public Map<Integer, Lease> renew() {
        return inTransaction(connection -> {
            // One decision at a time, over all replicas of the service: others have schemas of their own in the same
            // database.
            execute(
                    connection,
                    "select pg_advisory_xact_lock(hashtext('plimsoll-leases'), hashtext(current_schema()))");
            execute(
                    connection,
                    "insert into replica (address, seen) values (?, now()) on conflict (address) do update set seen = now()",
                    address);
            execute(
                    connection,
                    "delete from replica where seen < now() - ? * interval '1 millisecond'",
                    term.toMillis());
            int replicas = count(connection, "select count(*) from replica");
            int share = (partitions + replicas - 1) / replicas;
            execute(
                    connection,
                    "update lease set expires = now() + ? * interval '1 millisecond' where address = ? and expires >= now()",
                    term.toMillis(),
                    address);
            int held = count(connection, "select count(*) from lease where address = ? and expires >= now()", address);
            if (held > share) {
                execute(
                        connection,
                        "update lease set expires = 'epoch' where partition in (select partition from lease where address = ?"
                                + " and expires >= now() order by partition desc limit ?)",
                        address,
                        held - share);
            } else if (held < share) {
                claim(connection, share - held);
            }
            return mine(connection);
        });
    }

    /** What a transaction of the last owner still writes under is left for the next time, see {@link #STAND_ON}. */
    private void claim(Connection connection, int most) throws SQLException {
        execute(
                connection,
                "insert into lease (partition, address, generation, expires)"
                        + " select each, '', 0, 'epoch' from generate_series(0, ?) each on conflict do nothing",
                partitions - 1);
        execute(
                connection,
                "update lease set address = ?, generation = generation + 1, expires = now() + ? * interval '1 millisecond'"
                        + " where partition in (select partition from lease where expires < now() order by partition limit ?"
                        + " for update skip locked)",
                address,
                term.toMillis(),
                most);
    }

    private Map<Integer, Lease> mine(Connection connection) throws SQLException {
        Map<Integer, Lease> mine = new TreeMap<>();
        try (PreparedStatement query = prepare(
                        connection,
                        "select partition, address, generation from lease where address = ? and expires >= now()",
                        address);
                ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                Lease lease = new Lease(rows.getInt(1), rows.getString(2), rows.getLong(3));
                mine.put(lease.partition(), lease);
            }
        }
        return mine;
    }

    @Override
    public Optional<Lease> owner(int partition) {
        return inTransaction(connection -> {
            try (PreparedStatement query = prepare(
                            connection,
                            "select partition, address, generation, expires from lease where partition = ? and expires >= now()",
                            partition);
                    ResultSet rows = query.executeQuery()) {
                if (!rows.next()) {
                    return Optional.empty();
                }
                Instant expires = rows.getTimestamp(4).toInstant();
                return Optional.of(new Lease(rows.getInt(1), rows.getString(2), rows.getLong(3), Optional.of(expires)));
            }
        });
    }

    @Override
    public void release() {
        inTransaction(connection -> {
            execute(connection, "update lease set expires = 'epoch' where address = ?", address);
            execute(connection, "delete from replica where address = ?", address);
            return address;
        });
    }

    private interface Work<T> {
        T in(Connection connection) throws SQLException;
    }

    private <T> T inTransaction(Work<T> work) {
        try (Connection connection = database.getConnection()) {
            boolean automatic = connection.getAutoCommit();
            connection.setAutoCommit(false);
            try {
                T result = work.in(connection);
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(automatic);
            }
        } catch (SQLException e) {
            throw new StoreDown("leases cannot be read or written: " + e.getMessage(), e);
        }
    }

    private static PreparedStatement prepare(Connection connection, String sql, Object... values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }

    private static void execute(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = prepare(connection, sql, values)) {
            statement.execute();
        }
    }

    private static int count(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = prepare(connection, sql, values);
                ResultSet rows = statement.executeQuery()) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
