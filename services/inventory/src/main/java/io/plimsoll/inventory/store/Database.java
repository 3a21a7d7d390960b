package io.plimsoll.inventory.store;

import io.plimsoll.problem.Problem;
import io.plimsoll.problem.ProblemException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;

/** Transactions. A database that is away, or busy for too long, is a problem of its own that passes. Any thread. */
public final class Database {

    /** Longest wait for a row that another transaction holds. */
    private static final String LOCK_TIMEOUT = "set local lock_timeout = '30s'";

    private final DataSource source;

    public Database(DataSource source) {
        this.source = source;
    }

    /** What is done in one transaction. */
    public interface Work<T> {
        T in(Connection connection) throws SQLException;
    }

    /** Commits what the work did when it returns; whatever it throws leaves nothing behind. */
    public <T> T inTransaction(Work<T> work) {
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            boolean done = false;
            try {
                try (var statement = connection.createStatement()) {
                    statement.execute(LOCK_TIMEOUT);
                }
                T result = work.in(connection);
                connection.commit();
                done = true;
                return result;
            } finally {
                if (!done) {
                    rollback(connection);
                }
                connection.setAutoCommit(true);
            }
        } catch (Fault e) {
            throw problem(e.fault());
        } catch (SQLException e) {
            throw problem(e);
        }
    }

    private static void rollback(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            // The connection is gone, and with it the transaction.
        }
    }

    private static RuntimeException problem(SQLException e) {
        String state = String.valueOf(e.getSQLState());
        if (state.equals("55P03")) {
            return new ProblemException(Problem.TOO_MANY, "somebody else is changing the same thing", e)
                    .retryAfter(Duration.ofSeconds(5));
        }
        // Classes: connection, transaction ended from outside, resources, operator, system; none at all from the pool.
        if (state.equals("null") || state.matches("(08|25|40|53|57|58).*")) {
            return new ProblemException(Problem.STORE_AWAY, "the database does not answer", e)
                    .retryAfter(Duration.ofSeconds(2));
        }
        // Told apart by nobody but the log: a table that is not there yet, or a fault of ours.
        return state.equals("42P01")
                ? new ProblemException(Problem.STORE_AWAY, "the database is not migrated yet", e)
                        .retryAfter(Duration.ofSeconds(2))
                : new IllegalStateException("the database refused: " + e.getMessage(), e);
    }
}
