package io.plimsoll.store;

import io.plimsoll.problem.Problem;
import io.plimsoll.problem.ProblemException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Transactions on the service's own schema. A database that is away, or busy for too long, is a problem of its own that passes: whoever reads
 * topics tries again, whoever asked is told. Any thread.
 */
public final class Database {

    private static final Duration BUSY = Duration.ofSeconds(5);
    private static final Duration AWAY = Duration.ofSeconds(2);

    private final DataSource source;

    /** @param source of connections that wait for a row no longer than is good for whoever asked: {@code lock_timeout} is theirs to set */
    public Database(DataSource source) {
        this.source = source;
    }

    /** What is done in one transaction. */
    public interface Work<T extends @Nullable Object> {
        T in(Session session) throws SQLException;
    }

    /** What is done in one transaction, on its connection. */
    public interface ConnectionWork<T extends @Nullable Object> {
        T in(Connection connection) throws SQLException;
    }

    /** As {@link #inTransaction}, with a session's shorter words. */
    public <T extends @Nullable Object> T transaction(Work<T> work) {
        return inTransaction(connection -> work.in(new Session(connection)));
    }

    /**
     * Commits what the work did when it returns; whatever it throws leaves nothing behind.
     *
     * @throws ProblemException of {@link Problem#STORE_AWAY} or {@link Problem#TOO_MANY} when the database does not answer, or is busy with the
     *     same rows
     */
    public <T extends @Nullable Object> T inTransaction(ConnectionWork<T> work) {
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            boolean done = false;
            try {
                T result = work.in(connection);
                connection.commit();
                done = true;
                return result;
            } finally {
                if (!done) {
                    rollBack(connection);
                }
                restore(connection);
            }
        } catch (Fault e) {
            throw problem(e.fault());
        } catch (SQLException e) {
            throw problem(e);
        }
    }

    /**
     * A statement by itself, which is a transaction of its own and costs one turn to the database in place of two. Of several each sees what was
     * committed by then, as within a transaction.
     *
     * @throws ProblemException as of {@link #inTransaction}
     */
    public <T extends @Nullable Object> T alone(ConnectionWork<T> statement) {
        try (Connection connection = source.getConnection()) {
            return statement.in(connection);
        } catch (Fault e) {
            throw problem(e.fault());
        } catch (SQLException e) {
            throw problem(e);
        }
    }

    private static void rollBack(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            // The connection is gone, and with it the transaction.
        }
    }

    private static void restore(Connection connection) {
        try {
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            // The pool throws away what is broken.
        }
    }

    private static RuntimeException problem(SQLException e) {
        String state = String.valueOf(e.getSQLState());
        if (state.equals("55P03")) {
            return new ProblemException(Problem.TOO_MANY, "somebody else is changing the same thing", e)
                    .retryAfter(BUSY);
        }
        // Classes: connection, transaction ended from outside, resources, operator, system; none at all from the pool.
        if (state.equals("null") || state.matches("(08|25|40|53|57|58).*")) {
            return new ProblemException(Problem.STORE_AWAY, "the database does not answer", e).retryAfter(AWAY);
        }
        // Told apart by nobody but the log: a table that is not there yet, or a fault of ours.
        return state.equals("42P01")
                ? new ProblemException(Problem.STORE_AWAY, "the database is not migrated yet", e).retryAfter(AWAY)
                : new IllegalStateException("the database refused: " + e.getMessage(), e);
    }

    /** Statements of one transaction. */
    public static final class Session {

        private static final int FETCHED = 2_000;

        private final Connection connection;

        Session(Connection connection) {
            this.connection = connection;
        }

        /** @return how many rows were written */
        public int write(String sql, @Nullable Object... values) throws SQLException {
            return Sql.execute(connection, sql, values);
        }

        /** Runs a statement without an answer. */
        public void execute(String sql) throws SQLException {
            try (Statement statement = connection.createStatement()) {
                statement.execute(sql);
            }
        }

        public <T> List<T> all(String sql, Sql.Row<T> row, @Nullable Object... values) throws SQLException {
            return Sql.list(connection, row, sql, values);
        }

        /** Hands on one row after the other; so many at a time are fetched that there may be any number of them. */
        public void each(String sql, Sql.Rows rows, @Nullable Object... values) throws SQLException {
            Sql.each(connection, FETCHED, rows, sql, values);
        }

        public <T> Optional<T> one(String sql, Sql.Row<T> row, @Nullable Object... values) throws SQLException {
            return all(sql, row, values).stream().findFirst();
        }

        /** The same statement for each of the rows. */
        public void batch(String sql, Iterable<@Nullable Object[]> rows) throws SQLException {
            try (Batch batch = new Batch(connection, sql)) {
                for (@Nullable Object[] row : rows) {
                    batch.add(row);
                }
                batch.send();
            }
        }
    }
}
