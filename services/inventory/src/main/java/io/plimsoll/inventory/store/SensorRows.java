package io.plimsoll.inventory.store;

import io.plimsoll.inventory.sensor.Credential;
import io.plimsoll.inventory.sensor.PublishedUpTo;
import io.plimsoll.inventory.sensor.Recorded;
import io.plimsoll.inventory.sensor.SensorRow;
import io.plimsoll.inventory.sensor.SensorStore;
import io.plimsoll.inventory.sensor.SensorTransaction;
import io.plimsoll.kernel.ClusterMode;
import io.plimsoll.sensing.object.LastChange;
import io.plimsoll.sensing.object.ObjectKey;
import io.plimsoll.sensing.object.SetDigest;
import io.plimsoll.store.Sql;
import io.plimsoll.wire.Version;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Rows of sensors, credentials and changes. */
final class SensorRows {

    /** One of a cluster's sensor at a time; a lock of its own, since before the first stream there is no row to hold. */
    static final String ONE_AT_A_TIME = "select pg_advisory_xact_lock(hashtext('plimsoll-sensor'), hashtext(?))";

    private static final String SENSOR = "select cluster, session, credential, version, replica, state, opened, closed,"
            + " heard, synced, agreed, objects, digest, sequence, waiting, denied from sensor";

    private static final String CREDENTIAL =
            "select id, cluster, secret, created, created_by, expires, revoked, used from sensor_credential";

    private SensorRows() {}

    /** A cluster, its sensor and the credential of its stream, as far as there are any. */
    record Standing(
            Optional<SensorRow> row,
            Optional<Credential> credential,
            Optional<SensorTransaction.Registered> registered) {}

    /** Waits until nobody else is at the sensor, and reads how it stands then: all in one turn. */
    static Standing standing(Connection connection, String cluster) throws SQLException {
        List<SensorRow> rows = new ArrayList<>();
        List<Credential> credentials = new ArrayList<>();
        List<SensorTransaction.Registered> registered = new ArrayList<>();
        Sql.together(
                connection,
                new Sql.Question(row -> {}, ONE_AT_A_TIME, cluster),
                asked(cluster, rows::add),
                new Sql.Question(
                        row -> credentials.add(credential(row)),
                        CREDENTIAL + " where id = (select credential from sensor where cluster = ?)",
                        cluster),
                new Sql.Question(
                        row -> registered.add(registered(row)),
                        "select mode, epoch, number, live_sequence, live_read from cluster where name = ?",
                        cluster));
        return new Standing(
                rows.stream().findFirst(),
                credentials.stream().findFirst(),
                registered.stream().findFirst());
    }

    private static SensorTransaction.Registered registered(ResultSet row) throws SQLException {
        return new SensorTransaction.Registered(
                ClusterMode.valueOf(row.getString(1)),
                new Version(row.getLong(2), row.getLong(3), 0),
                new PublishedUpTo(row.getLong(4), instant(row.getTimestamp(5))));
    }

    /** Asks for a sensor among other things; who takes it is not called where there is none. */
    static Sql.Question asked(String cluster, Consumer<SensorRow> taker) {
        return new Sql.Question(row -> taker.accept(sensor(row)), SENSOR + " where cluster = ?", cluster);
    }

    static Optional<SensorRow> sensor(Connection connection, String cluster) throws SQLException {
        return Sql.list(connection, SensorRows::sensor, SENSOR + " where cluster = ?", cluster).stream()
                .findFirst();
    }

    private static SensorRow sensor(ResultSet row) throws SQLException {
        return new SensorRow(
                row.getString(1),
                row.getLong(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                SensorRow.State.valueOf(row.getString(6)),
                required(row.getTimestamp(7)),
                instant(row.getTimestamp(8)),
                required(row.getTimestamp(9)),
                instant(row.getTimestamp(10)),
                instant(row.getTimestamp(11)),
                row.getLong(12),
                SetDigest.of(row.getBytes(13)),
                row.getLong(14),
                instant(row.getTimestamp(15)),
                row.getBytes(16));
    }

    static void accept(Connection connection, SensorRow row) throws SQLException {
        Sql.execute(
                connection,
                "insert into sensor (cluster, session, credential, version, replica, state, opened, closed, heard,"
                        + " synced, agreed, objects, digest, sequence, waiting, denied)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (cluster) do update set"
                        + " session = excluded.session, credential = excluded.credential, version = excluded.version,"
                        + " replica = excluded.replica, state = excluded.state, opened = excluded.opened,"
                        + " closed = excluded.closed, heard = excluded.heard, synced = excluded.synced,"
                        + " agreed = excluded.agreed, objects = excluded.objects, digest = excluded.digest,"
                        + " sequence = excluded.sequence, waiting = excluded.waiting, denied = excluded.denied",
                row.cluster(),
                row.session(),
                row.credential(),
                row.version(),
                row.replica(),
                row.state().name(),
                row.opened(),
                timestamp(row.closed()),
                row.heard(),
                timestamp(row.synced()),
                timestamp(row.agreed()),
                row.objects(),
                row.digest().bytes(),
                row.sequence(),
                timestamp(row.waiting()),
                row.denied());
    }

    static Optional<Credential> credential(Connection connection, String id) throws SQLException {
        return Sql.list(connection, SensorRows::credential, CREDENTIAL + " where id = ?", id).stream()
                .findFirst();
    }

    static List<Credential> credentials(Connection connection, String cluster, int most) throws SQLException {
        return Sql.list(
                connection,
                SensorRows::credential,
                CREDENTIAL + " where cluster = ? order by created, id limit ?",
                cluster,
                most);
    }

    private static Credential credential(ResultSet row) throws SQLException {
        return new Credential(
                row.getString(1),
                row.getString(2),
                row.getBytes(3),
                required(row.getTimestamp(4)),
                row.getString(5),
                instant(row.getTimestamp(6)),
                instant(row.getTimestamp(7)),
                instant(row.getTimestamp(8)));
    }

    static List<SensorStore.NumberedChange> changes(
            Connection connection, String cluster, ObjectKey where, long before, int most) throws SQLException {
        return Sql.list(
                connection,
                SensorRows::change,
                "select id, grp, kind, namespace, name, what, at, manager, operation, manager_time, delivery, revision"
                        + " from object_change where cluster = ? and id < ? and (? = '' or namespace = ?)"
                        + " and (? = '' or kind = ?) and (? = '' or name = ?) order by id desc limit ?",
                cluster,
                before,
                where.namespace(),
                where.namespace(),
                where.kind(),
                where.kind(),
                where.name(),
                where.name(),
                most);
    }

    private static SensorStore.NumberedChange change(ResultSet row) throws SQLException {
        return new SensorStore.NumberedChange(
                row.getLong(1),
                new Recorded(
                        new ObjectKey(row.getString(2), row.getString(3), row.getString(4), row.getString(5)),
                        row.getString(6),
                        required(row.getTimestamp(7)),
                        new LastChange(row.getString(8), row.getString(9), row.getString(10)),
                        row.getString(11),
                        row.getString(12)));
    }

    static @Nullable Instant instant(@Nullable Timestamp timestamp) {
        return timestamp == null ? null : timestamp.toInstant();
    }

    private static Instant required(@Nullable Timestamp timestamp) {
        if (timestamp == null) {
            throw new IllegalStateException("a time that must be there is not");
        }
        return timestamp.toInstant();
    }

    /** A null needs a type of its own to be set. */
    static @Nullable Timestamp timestamp(@Nullable Instant instant) {
        return instant == null ? null : Timestamp.from(instant);
    }
}
