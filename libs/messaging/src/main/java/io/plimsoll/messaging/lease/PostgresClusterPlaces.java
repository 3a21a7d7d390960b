package io.plimsoll.messaging.lease;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.OptionalInt;
import javax.sql.DataSource;

/** In the service's own schema: {@code cluster_place(cluster, partition)}. Any thread. */
public final class PostgresClusterPlaces implements ClusterPlaces {

    private final DataSource database;

    public PostgresClusterPlaces(DataSource database) {
        this.database = database;
    }

    @Override
    public void put(String cluster, int partition) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement =
                        connection.prepareStatement("insert into cluster_place (cluster, partition) values (?, ?)"
                                + " on conflict (cluster) do update set partition = excluded.partition"
                                + " where cluster_place.partition <> excluded.partition")) {
            statement.setString(1, cluster);
            statement.setInt(2, partition);
            statement.execute();
        } catch (SQLException e) {
            throw new StoreDown("the place of a cluster cannot be written: " + e.getMessage(), e);
        }
    }

    @Override
    public OptionalInt of(String cluster) {
        try (Connection connection = database.getConnection();
                PreparedStatement query =
                        connection.prepareStatement("select partition from cluster_place where cluster = ?")) {
            query.setString(1, cluster);
            try (ResultSet rows = query.executeQuery()) {
                return rows.next() ? OptionalInt.of(rows.getInt(1)) : OptionalInt.empty();
            }
        } catch (SQLException e) {
            throw new StoreDown("the place of a cluster cannot be read: " + e.getMessage(), e);
        }
    }
}
