package io.plimsoll.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Rows of one statement, sent together. In the order they were added, but not before they are sent. */
public final class Batch implements AutoCloseable {

    private static final int ROWS_MAX = 500;
    private static final long BYTES_MAX = 4L << 20;

    private final Connection connection;
    private final String sql;
    private @Nullable PreparedStatement statement;
    private int rows;
    private long bytes;

    public Batch(Connection connection, String sql) {
        this.connection = connection;
        this.sql = sql;
    }

    public void add(@Nullable Object... values) throws SQLException {
        PreparedStatement open = statement;
        if (open == null) {
            open = connection.prepareStatement(sql);
            statement = open;
        }
        Sql.set(open, values);
        for (Object value : values) {
            bytes += value instanceof byte[] content ? content.length : 0;
        }
        open.addBatch();
        rows++;
        if (rows >= ROWS_MAX || bytes >= BYTES_MAX) {
            send();
        }
    }

    public void send() throws SQLException {
        PreparedStatement open = statement;
        if (open != null && rows > 0) {
            open.executeBatch();
            rows = 0;
            bytes = 0;
        }
    }

    @Override
    public void close() throws SQLException {
        PreparedStatement open = statement;
        if (open != null) {
            open.close();
        }
    }
}
