package io.plimsoll.inventory.store;

import io.plimsoll.inventory.sensor.Credential;
import io.plimsoll.inventory.sensor.Delivery;
import io.plimsoll.inventory.sensor.Recorded;
import io.plimsoll.inventory.sensor.SensorChange;
import io.plimsoll.inventory.sensor.SensorRow;
import io.plimsoll.inventory.sensor.SensorTransaction;
import io.plimsoll.sensing.object.ObjectKey;
import io.plimsoll.sensing.resync.Comparison;
import io.plimsoll.store.Batch;
import io.plimsoll.store.Fault;
import io.plimsoll.store.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One transaction of a cluster's sensor. Rows are sent in batches; what is read is read after what was written. */
final class PostgresSensor implements SensorTransaction, AutoCloseable {

    /** Changes of a cluster that history keeps; the oldest are forgotten. */
    private static final int CHANGES_MAX = 200_000;
    /** Batches from one forgetting to the next: finding the oldest counts all there are. */
    private static final int FORGETTING_EVERY = 64;

    private static final String KEY = "cluster = ? and grp = ? and kind = ? and namespace = ? and name = ?";
    private static final String IN = " where cluster = ? and (grp, kind, namespace, name) in"
            + " (select * from unnest(?::text[], ?::text[], ?::text[], ?::text[]))";

    private final Connection connection;
    private final String cluster;
    private final Batch puts;
    private final Batch touches;
    private final Batch removes;
    private final Batch gone;
    private final Batch revived;
    private final Batch records;
    /** Written and not sent yet: what is written twice is sent in between. */
    private final Set<ObjectKey> unsent = new HashSet<>();

    private final SensorRows.Standing standing;
    private boolean forgetting;

    /** @param standing as it is at the beginning of the transaction, held */
    PostgresSensor(Connection connection, String cluster, SensorRows.Standing standing) {
        this.standing = standing;
        this.connection = connection;
        this.cluster = cluster;
        this.puts = new Batch(
                connection,
                "insert into live_object (cluster, grp, kind, namespace, name, object, hash, resource_version,"
                        + " generation, round, sequence) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                        + " on conflict (cluster, grp, kind, namespace, name) do update set object = excluded.object,"
                        + " hash = excluded.hash, resource_version = excluded.resource_version,"
                        + " generation = excluded.generation, round = excluded.round, sequence = excluded.sequence");
        this.touches = new Batch(connection, "update live_object set resource_version = ?, round = ? where " + KEY);
        this.removes = new Batch(connection, "delete from live_object where " + KEY);
        this.gone = new Batch(
                connection,
                "insert into live_gone (cluster, grp, kind, namespace, name, resource_version, sequence, at)"
                        + " values (?, ?, ?, ?, ?, ?, ?, now()) on conflict (cluster, grp, kind, namespace, name)"
                        + " do update set resource_version = excluded.resource_version, sequence = excluded.sequence,"
                        + " at = excluded.at");
        this.revived = new Batch(connection, "delete from live_gone where " + KEY);
        this.records = new Batch(
                connection,
                "insert into object_change (cluster, grp, kind, namespace, name, what, at, manager, operation,"
                        + " manager_time, delivery, revision) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    }

    private interface Access<T> {
        T get() throws SQLException;
    }

    private static <T> T get(Access<T> access) {
        try {
            return access.get();
        } catch (SQLException e) {
            throw new Fault(e);
        }
    }

    private interface Change {
        void make() throws SQLException;
    }

    private static void make(Change change) {
        try {
            change.make();
        } catch (SQLException e) {
            throw new Fault(e);
        }
    }

    void send() throws SQLException {
        // Each key is in one of them alone; ends of what came back go first.
        revived.send();
        puts.send();
        touches.send();
        removes.send();
        gone.send();
        records.send();
        unsent.clear();
        if (forgetting) {
            Sql.execute(
                    connection, "delete from live_gone where cluster = ? and at < now() - interval '1 day'", cluster);
            Sql.execute(
                    connection,
                    "delete from object_change where cluster = ? and id <= (select id from object_change"
                            + " where cluster = ? order by id desc offset ? limit 1)",
                    cluster,
                    cluster,
                    CHANGES_MAX);
            forgetting = false;
        }
    }

    @Override
    public Optional<SensorRow> row() {
        return standing.row();
    }

    @Override
    public Optional<Registered> registered() {
        return standing.registered();
    }

    @Override
    public Optional<Credential> credential(String id) {
        Optional<Credential> known =
                standing.credential().filter(each -> each.id().equals(id));
        return known.isPresent() ? known : get(() -> SensorRows.credential(connection, id));
    }

    @Override
    public void used(String credential) {
        make(() -> Sql.execute(connection, "update sensor_credential set used = now() where id = ?", credential));
    }

    @Override
    public Known known(Collection<ObjectKey> keys) {
        return get(() -> {
            send();
            Map<ObjectKey, Held> held = new HashMap<>();
            Map<ObjectKey, String> ended = new HashMap<>();
            Sql.together(
                    connection,
                    among(
                            "select grp, kind, namespace, name, hash, resource_version, generation, round from live_object",
                            keys,
                            row -> held.put(
                                    key(row),
                                    new Held(row.getBytes(5), row.getString(6), row.getLong(7), row.getLong(8)))),
                    among(
                            "select grp, kind, namespace, name, resource_version from live_gone",
                            keys,
                            row -> ended.put(key(row), row.getString(5))));
            return new Known(held, ended);
        });
    }

    private Sql.Question among(String select, Collection<ObjectKey> keys, Sql.Rows rows) {
        return new Sql.Question(
                rows,
                select + IN,
                cluster,
                keys.stream().map(ObjectKey::group).toList(),
                keys.stream().map(ObjectKey::kind).toList(),
                keys.stream().map(ObjectKey::namespace).toList(),
                keys.stream().map(ObjectKey::name).toList());
    }

    private static ObjectKey key(ResultSet row) throws SQLException {
        return new ObjectKey(row.getString(1), row.getString(2), row.getString(3), row.getString(4));
    }

    private static Comparison.Hashed hashed(ResultSet row) throws SQLException {
        return new Comparison.Hashed(key(row), row.getBytes(5));
    }

    @Override
    public List<Comparison.Hashed> stretch(ObjectKey after, @Nullable ObjectKey upTo) {
        return get(() -> {
            send();
            String stretch = "select grp, kind, namespace, name, hash from live_object where cluster = ?"
                    + " and (grp, kind, namespace, name) > (?, ?, ?, ?)";
            String order = " order by grp, kind, namespace, name";
            return upTo == null
                    ? Sql.list(
                            connection,
                            PostgresSensor::hashed,
                            stretch + order,
                            cluster,
                            after.group(),
                            after.kind(),
                            after.namespace(),
                            after.name())
                    : Sql.list(
                            connection,
                            PostgresSensor::hashed,
                            stretch + " and (grp, kind, namespace, name) <= (?, ?, ?, ?)" + order,
                            cluster,
                            after.group(),
                            after.kind(),
                            after.namespace(),
                            after.name(),
                            upTo.group(),
                            upTo.kind(),
                            upTo.namespace(),
                            upTo.name());
        });
    }

    @Override
    public void revive(ObjectKey key) {
        make(() -> {
            if (unsent.contains(key)) {
                send();
            }
            revived.add(cluster, key.group(), key.kind(), key.namespace(), key.name());
        });
    }

    @Override
    public void put(SensorChange.Present object, Stamp stamp) {
        make(() -> {
            ObjectKey key = object.key();
            write(key);
            puts.add(
                    cluster,
                    key.group(),
                    key.kind(),
                    key.namespace(),
                    key.name(),
                    object.object(),
                    object.hash(),
                    object.resourceVersion(),
                    object.generation(),
                    stamp.round(),
                    stamp.sequence());
        });
    }

    private void write(ObjectKey key) throws SQLException {
        if (!unsent.add(key)) {
            send();
            unsent.add(key);
        }
    }

    @Override
    public void touch(ObjectKey key, String resourceVersion, long round) {
        make(() -> {
            write(key);
            touches.add(resourceVersion, round, cluster, key.group(), key.kind(), key.namespace(), key.name());
        });
    }

    @Override
    public void remove(ObjectKey key, String resourceVersion, Stamp stamp) {
        make(() -> {
            write(key);
            removes.add(cluster, key.group(), key.kind(), key.namespace(), key.name());
            end(key, resourceVersion, stamp);
        });
    }

    @Override
    public void remember(ObjectKey key, String resourceVersion, Stamp stamp) {
        make(() -> {
            write(key);
            end(key, resourceVersion, stamp);
        });
    }

    private void end(ObjectKey key, String resourceVersion, Stamp stamp) throws SQLException {
        gone.add(cluster, key.group(), key.kind(), key.namespace(), key.name(), resourceVersion, stamp.sequence());
    }

    @Override
    public List<Comparison.Hashed> notSeenIn(long round) {
        return get(() -> {
            send();
            return Sql.list(
                    connection,
                    PostgresSensor::hashed,
                    "select grp, kind, namespace, name, hash from live_object where cluster = ? and round <> ?",
                    cluster,
                    round);
        });
    }

    @Override
    public Optional<byte[]> delivering(Delivery delivery) {
        return get(() -> {
            send();
            List<byte[]> found = Sql.list(
                    connection,
                    row -> row.getBytes(1),
                    "select object from live_object where cluster = ? and kind = ? and name = ?"
                            + " and (? = '' or namespace = ?) limit 2",
                    cluster,
                    delivery.kind(),
                    delivery.name(),
                    delivery.namespace(),
                    delivery.namespace());
            return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
        });
    }

    @Override
    public void record(Recorded change) {
        make(() -> {
            ObjectKey key = change.key();
            records.add(
                    cluster,
                    key.group(),
                    key.kind(),
                    key.namespace(),
                    key.name(),
                    change.what(),
                    change.at(),
                    change.by().manager(),
                    change.by().operation(),
                    change.by().time(),
                    change.delivery(),
                    change.revision());
        });
    }

    @Override
    public void accept(SensorRow row) {
        // Whether or not this batch ended or recorded any: those since the last time may have.
        long before = standing.row().map(SensorRow::sequence).orElse(0L);
        forgetting = row.sequence() != before && row.sequence() % FORGETTING_EVERY == 0;
        make(() -> {
            send();
            SensorRows.accept(connection, row);
        });
    }

    @Override
    public void close() throws SQLException {
        puts.close();
        touches.close();
        removes.close();
        gone.close();
        revived.close();
        records.close();
    }
}
