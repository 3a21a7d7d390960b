package io.plimsoll.messaging.lease;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;

/** The counter in the service's own schema: {@code generation(fingerprint, number)}, one row a fingerprint. Any thread. */
public final class PostgresGenerations implements Generations {

    private final DataSource database;

    public PostgresGenerations(DataSource database) {
        this.database = database;
    }

    @Override
    public long of(String fingerprint) {
        try (Connection connection = database.getConnection()) {
            // A fingerprint seen before and left since counts as new: its evidence has been overwritten meanwhile.
            try (PreparedStatement statement = connection.prepareStatement(
                    "with newest as (select fingerprint, number from generation order by number desc limit 1 for update),"
                            + " risen as (insert into generation (fingerprint, number)"
                            + " select ?, coalesce((select number from newest), 0) + 1"
                            + " where not exists (select 1 from newest where fingerprint = ?) returning number)"
                            + " select number from risen union all select number from newest where fingerprint = ?")) {
                statement.setString(1, fingerprint);
                statement.setString(2, fingerprint);
                statement.setString(3, fingerprint);
                try (ResultSet rows = statement.executeQuery()) {
                    if (rows.next()) {
                        return rows.getLong(1);
                    }
                }
            }
            throw new SQLException("no generation was given");
        } catch (SQLException e) {
            throw new StoreDown("the generation cannot be read or written: " + e.getMessage(), e);
        }
    }
}
