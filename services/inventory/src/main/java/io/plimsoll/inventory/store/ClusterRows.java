package io.plimsoll.inventory.store;

import io.plimsoll.inventory.flow.ClusterRow;
import io.plimsoll.kernel.ClusterMode;
import io.plimsoll.wire.Version;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;

/** Rows of the table of clusters. */
final class ClusterRows {

    static final String COLUMNS = " name, mode, partition, epoch, number, object_count, accepted, incomplete, engine ";

    private ClusterRows() {}

    static ClusterRow of(ResultSet row) throws SQLException {
        Timestamp accepted = row.getTimestamp(7);
        return new ClusterRow(
                row.getString(1),
                ClusterMode.valueOf(row.getString(2)),
                row.getInt(3),
                new Version(row.getLong(4), row.getLong(5), 0),
                row.getLong(6),
                accepted == null ? null : accepted.toInstant(),
                row.getBoolean(8),
                row.getString(9));
    }
}
