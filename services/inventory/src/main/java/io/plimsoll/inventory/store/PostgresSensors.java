package io.plimsoll.inventory.store;

import io.plimsoll.inventory.sensor.Credential;
import io.plimsoll.inventory.sensor.SensorRow;
import io.plimsoll.inventory.sensor.SensorStore;
import io.plimsoll.inventory.sensor.SensorTransaction;
import io.plimsoll.sensing.object.ObjectKey;
import io.plimsoll.store.Database;
import io.plimsoll.store.Sql;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What sensors told, in PostgreSQL. Any thread. */
public final class PostgresSensors implements SensorStore {

    private final Database database;

    public PostgresSensors(Database database) {
        this.database = database;
    }

    @Override
    public <T extends Object> T inSensor(String cluster, Function<SensorTransaction, T> work) {
        return database.inTransaction(connection -> {
            SensorRows.Standing standing = SensorRows.standing(connection, cluster);
            try (PostgresSensor transaction = new PostgresSensor(connection, cluster, standing)) {
                T result = work.apply(transaction);
                transaction.send();
                return result;
            }
        });
    }

    @Override
    public Optional<String> clusterOfCredential(String id) {
        return database.alone(
                connection -> SensorRows.credential(connection, id).map(Credential::cluster));
    }

    @Override
    public boolean add(Credential credential, int most, Instant now) {
        return database.inTransaction(connection -> {
            Sql.each(connection, 0, row -> {}, SensorRows.ONE_AT_A_TIME, credential.cluster());
            long live = Sql.number(
                    connection,
                    "select count(*) from sensor_credential where cluster = ? and revoked is null"
                            + " and (expires is null or expires > ?)",
                    credential.cluster(),
                    now);
            if (live >= most) {
                return false;
            }
            // Those that ended long ago are of no interest to anybody.
            Sql.execute(
                    connection,
                    "delete from sensor_credential where cluster = ?"
                            + " and least(revoked, expires) < now() - interval '90 days'",
                    credential.cluster());
            Sql.execute(
                    connection,
                    "insert into sensor_credential (id, cluster, secret, created, created_by, expires)"
                            + " values (?, ?, ?, ?, ?, ?)",
                    credential.id(),
                    credential.cluster(),
                    credential.secret(),
                    credential.created(),
                    credential.createdBy(),
                    SensorRows.timestamp(credential.expires()));
            return true;
        });
    }

    @Override
    public List<Credential> credentials(String cluster, int most) {
        return database.alone(connection -> SensorRows.credentials(connection, cluster, most));
    }

    @Override
    public Optional<Credential> revoke(String cluster, String id, Instant now) {
        return database.inTransaction(connection -> {
            Sql.execute(
                    connection,
                    "update sensor_credential set revoked = coalesce(revoked, ?) where cluster = ? and id = ?",
                    now,
                    cluster,
                    id);
            return SensorRows.credential(connection, id)
                    .filter(each -> each.cluster().equals(cluster));
        });
    }

    @Override
    public Optional<SensorRow> sensor(String cluster) {
        return database.alone(connection -> SensorRows.sensor(connection, cluster));
    }

    @Override
    public List<NumberedChange> changes(String cluster, ObjectKey where, long before, int most) {
        return database.alone(connection -> SensorRows.changes(connection, cluster, where, before, most));
    }

    /**
     * Clusters seen live, as a figure.
     *
     * @param silent whose sensor was not heard for a minute
     * @param lagSeconds for which the oldest batch waits to be published
     */
    public record Fleet(long silent, double lagSeconds) {
        public static final Fleet NONE = new Fleet(0, 0);
    }

    public Fleet fleet(Instant now) {
        return database.alone(connection -> Sql.list(
                        connection,
                        row -> new Fleet(row.getLong(1), row.getDouble(2)),
                        "select count(*) filter (where s.heard < ?), coalesce(extract(epoch from ?::timestamptz"
                                + " - min(greatest(s.waiting, c.live_read)) filter (where s.state = 'SYNCED'"
                                + " and s.sequence > c.live_sequence and s.waiting is not null)), 0)"
                                + " from sensor s left join cluster c on c.name = s.cluster",
                        now.minusSeconds(60),
                        now)
                .getFirst());
    }
}
