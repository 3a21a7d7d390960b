package io.plimsoll.inventory.store;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Rows of one statement, sent together. In the order they were added, but not before they are sent. */
final class Batch implements AutoCloseable {

    private static final int ROWS_MAX = 500;
    private static final long BYTES_MAX = 4L << 20;

    private final Connection connection;
    private final String sql;
    private @Nullable PreparedStatement statement;
    private int rows;
    private long bytes;

    Batch(Connection connection, String sql) {
        this.connection = connection;
        this.sql = sql;
    }

    void add(@Nullable Object... values) throws SQLException {
        PreparedStatement open = statement;
        if (open == null) {
            open = connection.prepareStatement(sql);
            statement = open;
        }
        for (int i = 0; i < values.length; i++) {
            if (values[i] instanceof byte[] content) {
                open.setBytes(i + 1, content);
                bytes += content.length;
            } else if (values[i] == null) {
                // Only contents are ever absent.
                open.setNull(i + 1, java.sql.Types.BINARY);
            } else if (values[i] instanceof String text) {
                open.setString(i + 1, storable(text));
            } else {
                open.setObject(i + 1, values[i]);
            }
        }
        open.addBatch();
        rows++;
        if (rows >= ROWS_MAX || bytes >= BYTES_MAX) {
            send();
        }
    }

    /** Names are other people's: the database takes neither NUL nor halves of characters. */
    private static String storable(String text) {
        boolean plain = text.chars().noneMatch(c -> c == 0 || Character.isSurrogate((char) c));
        return plain
                ? text
                : new String(text.replace('\0', '?').getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    void send() throws SQLException {
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
