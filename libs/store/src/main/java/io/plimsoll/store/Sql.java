package io.plimsoll.store;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One statement with its values, set by position: a collection is an array of text, an instant a time with its zone. */
public final class Sql {

    private Sql() {}

    /** Reads one row. */
    public interface Row<T> {
        T of(ResultSet row) throws SQLException;
    }

    /** Takes one row. */
    public interface Rows {
        void take(ResultSet row) throws SQLException;
    }

    /**
     * A question among several.
     *
     * @param rows takes what it is answered
     */
    public record Question(Rows rows, String sql, @Nullable Object... values) {}

    /** Several questions in one turn to the database, answered in their order: each sees what was committed when its own turn came. */
    public static void together(Connection connection, Question... questions) throws SQLException {
        String sql = Arrays.stream(questions).map(Question::sql).collect(Collectors.joining(";"));
        @Nullable
        Object[] values = Arrays.stream(questions)
                .flatMap(each -> Arrays.stream(each.values()))
                .toArray();
        try (PreparedStatement statement = prepare(connection, sql, values)) {
            statement.execute();
            for (Question each : questions) {
                try (ResultSet result = statement.getResultSet()) {
                    while (result.next()) {
                        each.rows().take(result);
                    }
                }
                statement.getMoreResults();
            }
        }
    }

    static PreparedStatement prepare(Connection connection, String sql, @Nullable Object... values)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        try {
            set(statement, values);
            return statement;
        } catch (SQLException e) {
            statement.close();
            throw e;
        }
    }

    static void set(PreparedStatement statement, @Nullable Object[] values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            switch (values[i]) {
                case null -> statement.setObject(i + 1, null);
                case byte[] bytes -> statement.setBytes(i + 1, bytes);
                case String text -> statement.setString(i + 1, storable(text));
                case Instant instant -> statement.setObject(i + 1, instant.atOffset(ZoneOffset.UTC));
                case Collection<?> texts ->
                    statement.setArray(
                            i + 1,
                            statement
                                    .getConnection()
                                    .createArrayOf(
                                            "text",
                                            texts.stream()
                                                    .map(text -> storable(String.valueOf(text)))
                                                    .toArray()));
                case Object other -> statement.setObject(i + 1, other);
            }
        }
    }

    /**
     * Names are other people's: the database takes neither a zero nor halves of characters. They are replaced where they are stored and where
     * they are asked for alike.
     */
    public static String storable(String text) {
        boolean plain = text.chars().noneMatch(c -> c == 0 || Character.isSurrogate((char) c));
        return plain
                ? text
                : new String(text.replace('\0', '?').getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    /** @return how many rows were written */
    public static int execute(Connection connection, String sql, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = prepare(connection, sql, values)) {
            return statement.executeUpdate();
        }
    }

    public static <T> List<T> list(Connection connection, Row<T> row, String sql, @Nullable Object... values)
            throws SQLException {
        List<T> all = new ArrayList<>();
        each(connection, 0, rows -> all.add(row.of(rows)), sql, values);
        return all;
    }

    /** @param fetch rows fetched at once, 0 for all */
    public static void each(Connection connection, int fetch, Rows rows, String sql, @Nullable Object... values)
            throws SQLException {
        try (PreparedStatement statement = prepare(connection, sql, values)) {
            statement.setFetchSize(fetch);
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    rows.take(result);
                }
            }
        }
    }

    /** The number in the first row; 0 where there is none. */
    public static long number(Connection connection, String sql, @Nullable Object... values) throws SQLException {
        List<Long> all = list(connection, row -> row.getLong(1), sql, values);
        return all.isEmpty() ? 0 : all.getFirst();
    }
}
