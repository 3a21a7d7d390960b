package io.plimsoll.store;

import io.plimsoll.problem.Problem;
import io.plimsoll.problem.ProblemException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Plain SQL on the service's own schema. A database that is away is a {@link Problem#STORE_AWAY}; whoever reads topics tries again, whoever
 * asked is told. Any thread.
 */
public final class Database {

    private static final int BATCH = 1_000;

    private final DataSource source;

    public Database(DataSource source) {
        this.source = source;
    }

    /** What is done in one transaction. */
    public interface Work<T extends @Nullable Object> {
        T in(Session session) throws SQLException;
    }

    /** One row of an answer. */
    public interface Row<T> {
        T of(ResultSet row) throws SQLException;
    }

    /**
     * All or nothing.
     *
     * @throws ProblemException of {@link Problem#STORE_AWAY} when the database fails; what the work itself throws passes through
     */
    public <T extends @Nullable Object> T transaction(Work<T> work) {
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            try {
                T result = work.in(new Session(connection));
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException e) {
                rollBack(connection);
                throw e;
            } finally {
                restore(connection);
            }
        } catch (SQLException e) {
            throw new ProblemException(Problem.STORE_AWAY, "the database does not answer: " + e.getMessage(), e)
                    .retryAfter(java.time.Duration.ofSeconds(1));
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

    /** Statements of one transaction. Values are set by position; a list is an array of text. */
    public static final class Session {

        private final Connection connection;

        Session(Connection connection) {
            this.connection = connection;
        }

        /** @return how many rows were written */
        public int write(String sql, @Nullable Object... values) throws SQLException {
            try (PreparedStatement statement = prepare(sql, values)) {
                return statement.executeUpdate();
            }
        }

        /** Runs a statement without an answer. */
        public void execute(String sql) throws SQLException {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.execute();
            }
        }

        public <T> List<T> all(String sql, Row<T> row, @Nullable Object... values) throws SQLException {
            List<T> all = new ArrayList<>();
            try (PreparedStatement statement = prepare(sql, values);
                    ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    all.add(row.of(rows));
                }
            }
            return all;
        }

        public <T> Optional<T> one(String sql, Row<T> row, @Nullable Object... values) throws SQLException {
            List<T> all = all(sql, row, values);
            return all.isEmpty() ? Optional.empty() : Optional.of(all.getFirst());
        }

        /** The same statement for each of the rows. */
        public void batch(String sql, Iterable<@Nullable Object[]> rows) throws SQLException {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                int waiting = 0;
                for (@Nullable Object[] row : rows) {
                    set(statement, row);
                    statement.addBatch();
                    if (++waiting == BATCH) {
                        var unused = statement.executeBatch();
                        waiting = 0;
                    }
                }
                if (waiting > 0) {
                    var unused = statement.executeBatch();
                }
            }
        }

        private PreparedStatement prepare(String sql, @Nullable Object... values) throws SQLException {
            PreparedStatement statement = connection.prepareStatement(sql);
            try {
                set(statement, values);
                return statement;
            } catch (SQLException e) {
                statement.close();
                throw e;
            }
        }

        /** Texts of the database hold no zero, names of other people's files may: it is replaced, where it is stored and where it is asked. */
        private static String storable(String text) {
            return text.replace('\u0000', '\ufffd');
        }

        private void set(PreparedStatement statement, @Nullable Object[] values) throws SQLException {
            for (int i = 0; i < values.length; i++) {
                switch (values[i]) {
                    case null -> statement.setObject(i + 1, null);
                    case java.time.Instant instant ->
                        statement.setObject(i + 1, instant.atOffset(java.time.ZoneOffset.UTC));
                    case java.util.Collection<?> texts ->
                        statement.setArray(
                                i + 1,
                                connection.createArrayOf(
                                        "text",
                                        texts.stream()
                                                .map(text -> storable(String.valueOf(text)))
                                                .toArray()));
                    case String text -> statement.setString(i + 1, storable(text));
                    case byte[] bytes -> statement.setBytes(i + 1, bytes);
                    case Object other -> statement.setObject(i + 1, other);
                }
            }
        }
    }
}
