package io.plimsoll.inventory.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One statement with its values. */
final class Sql {

    private Sql() {}

    /** Reads one row. */
    interface Row<T> {
        T of(ResultSet row) throws SQLException;
    }

    /** Takes one row. */
    interface Rows {
        void take(ResultSet row) throws SQLException;
    }

    static PreparedStatement prepare(Connection connection, String sql, @Nullable Object... values)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }

    static int execute(Connection connection, String sql, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = prepare(connection, sql, values)) {
            return statement.executeUpdate();
        }
    }

    static <T> List<T> list(Connection connection, Row<T> row, String sql, @Nullable Object... values)
            throws SQLException {
        List<T> all = new ArrayList<>();
        each(connection, 0, rows -> all.add(row.of(rows)), sql, values);
        return all;
    }

    /** @param fetch rows fetched at once, 0 for all */
    static void each(Connection connection, int fetch, Rows rows, String sql, @Nullable Object... values)
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

    static long number(Connection connection, String sql, @Nullable Object... values) throws SQLException {
        List<Long> all = list(connection, row -> row.getLong(1), sql, values);
        return all.isEmpty() ? 0 : all.getFirst();
    }
}
