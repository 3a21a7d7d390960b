package io.plimsoll.inventory.store;

import io.plimsoll.assessment.Coverage;
import io.plimsoll.inventory.flow.ClusterRow;
import io.plimsoll.inventory.flow.ClusterTransaction;
import io.plimsoll.inventory.flow.Content;
import io.plimsoll.inventory.flow.LiveObjects;
import io.plimsoll.inventory.flow.Said;
import io.plimsoll.inventory.flow.SourceContent;
import io.plimsoll.inventory.flow.UploadOutcome;
import io.plimsoll.inventory.publish.Stamped;
import io.plimsoll.inventory.sensor.SensorRow;
import io.plimsoll.inventory.sensor.Unseen;
import io.plimsoll.kernel.ClusterMode;
import io.plimsoll.messaging.log.Topic;
import io.plimsoll.sensing.object.ObjectKey;
import io.plimsoll.store.Batch;
import io.plimsoll.store.Fault;
import io.plimsoll.store.Sql;
import io.plimsoll.wire.DeclarationsCodec;
import io.plimsoll.wire.Version;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One cluster's transaction. Rows are sent in batches; what is read is read after what was written. */
final class PostgresCluster implements ClusterTransaction, AutoCloseable {

    private static final int FETCH = 500;
    /** A hash and its key are a hundred bytes. */
    private static final int HASHES_FETCH = 5_000;

    private final Connection connection;
    private final String name;
    private final Batch published;
    private final Batch withdrawn;
    private final OutboxBatch outbox;
    private ClusterRow row;
    /** As it was before anything was read: what the sensor tells later is published later. Null where there is none. */
    private @Nullable SensorRow sensor;

    private boolean isSensorRead;

    PostgresCluster(Connection connection, ClusterRow row) {
        this.connection = connection;
        this.row = row;
        this.name = row.name();
        this.outbox = new OutboxBatch(connection, row.partition());
        this.published = new Batch(
                connection,
                "insert into published"
                        + " (cluster, topic, key, hash, content, epoch, number, kind, namespace, subject, team)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (cluster, topic, key) do update set"
                        + " hash = excluded.hash, content = excluded.content, epoch = excluded.epoch,"
                        + " number = excluded.number, kind = excluded.kind, namespace = excluded.namespace,"
                        + " subject = excluded.subject, team = excluded.team, last_changed = now()");
        this.withdrawn = new Batch(connection, "delete from published where cluster = ? and topic = ? and key = ?");
    }

    /** What is done with the database; its faults end the transaction. */
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
        published.send();
        withdrawn.send();
        outbox.send();
    }

    @Override
    public ClusterRow cluster() {
        return row;
    }

    @Override
    public Optional<UploadOutcome> answered(String key) {
        return get(() -> Answers.find(connection, key).map(Kept::upload));
    }

    @Override
    public void remember(String key, UploadOutcome outcome) {
        make(() -> Answers.remember(connection, key, Kept.upload(outcome)));
    }

    @Override
    public Optional<byte[]> digest(String source) {
        return get(() -> Sql.list(
                        connection,
                        each -> each.getBytes(1),
                        "select digest from source where cluster = ? and name = ?",
                        name,
                        source)
                .stream()
                .findFirst());
    }

    @Override
    public long objectsBeside(String source) {
        return get(() -> Sql.number(
                connection,
                "select coalesce(sum(objects), 0) from source where cluster = ? and name <> ?",
                name,
                source));
    }

    @Override
    public void replaceSource(String source, SourceContent content) {
        make(() -> {
            Sql.execute(connection, "delete from source_object where cluster = ? and source = ?", name, source);
            Sql.execute(
                    connection,
                    "insert into source (cluster, name, digest, objects, coverage, accepted)"
                            + " values (?, ?, ?, ?, ?, now()) on conflict (cluster, name) do update set"
                            + " digest = excluded.digest, objects = excluded.objects, coverage = excluded.coverage,"
                            + " accepted = excluded.accepted",
                    name,
                    source,
                    content.digest(),
                    content.objects().size(),
                    Kept.coverage(content.coverage()));
            try (Batch objects = new Batch(
                    connection, "insert into source_object (cluster, source, position, object) values (?, ?, ?, ?)")) {
                int position = 0;
                for (byte[] object : content.objects()) {
                    objects.add(name, source, position++, object);
                }
                objects.send();
            }
        });
    }

    @Override
    public boolean isSeen() {
        return row.mode() == ClusterMode.MANIFESTS
                || sensor().filter(told -> told.synced() != null).isPresent();
    }

    @Override
    public void eachObject(BiConsumer<String, byte[]> sink) {
        make(() -> {
            Sql.each(
                    connection,
                    FETCH,
                    each -> sink.accept(each.getString(1), each.getBytes(2)),
                    "select source, object from source_object where cluster = ? order by source, position",
                    name);
        });
    }

    @Override
    public long liveCount() {
        return sensor().map(SensorRow::objects).orElse(0L);
    }

    /** One read says it all, so that each publication asks once. */
    private Optional<SensorRow> sensor() {
        if (!isSensorRead) {
            sensor = get(() -> SensorRows.sensor(connection, name)).orElse(null);
            isSensorRead = true;
        }
        return Optional.ofNullable(sensor);
    }

    private long sequence() {
        return sensor().map(SensorRow::sequence).orElse(0L);
    }

    @Override
    public void eachLive(Consumer<byte[]> sink) {
        make(() -> Sql.each(
                connection,
                FETCH,
                each -> sink.accept(each.getBytes(1)),
                "select object from live_object where cluster = ? order by grp, kind, namespace, name",
                name));
    }

    @Override
    public Set<ObjectKey> live(LiveObjects known) {
        return get(() -> {
            Set<ObjectKey> there = new HashSet<>();
            List<ObjectKey> others = new ArrayList<>();
            Sql.each(
                    connection,
                    HASHES_FETCH,
                    each -> {
                        ObjectKey key = key(each);
                        there.add(key);
                        if (!known.has(key, each.getBytes(5))) {
                            others.add(key);
                        }
                    },
                    "select grp, kind, namespace, name, hash from live_object where cluster = ?",
                    name);
            for (int from = 0; from < others.size(); from += FETCH) {
                List<ObjectKey> some = others.subList(from, Math.min(others.size(), from + FETCH));
                Set<ObjectKey> gone = new HashSet<>(some);
                Sql.each(
                        connection,
                        FETCH,
                        each -> {
                            ObjectKey key = key(each);
                            gone.remove(key);
                            known.put(key, each.getBytes(5), each.getBytes(6));
                        },
                        "select grp, kind, namespace, name, hash, object from live_object"
                                + " join unnest(?, ?, ?, ?) as asked (grp, kind, namespace, name)"
                                + " using (grp, kind, namespace, name) where cluster = ?",
                        some.stream().map(ObjectKey::group).toList(),
                        some.stream().map(ObjectKey::kind).toList(),
                        some.stream().map(ObjectKey::namespace).toList(),
                        some.stream().map(ObjectKey::name).toList(),
                        name);
                // The sensor goes on meanwhile: what it took away is told by its next batch.
                there.removeAll(gone);
            }
            return there;
        });
    }

    private static ObjectKey key(ResultSet row) throws SQLException {
        return new ObjectKey(row.getString(1), row.getString(2), row.getString(3), row.getString(4));
    }

    @Override
    public List<byte[]> unseen() {
        return sensor().map(told -> Unseen.of(told.denied()).objects()).orElse(List.of());
    }

    @Override
    public List<Coverage> coverage() {
        return get(() -> {
            List<Coverage> all = new ArrayList<>();
            Sql.each(
                    connection,
                    0,
                    each -> all.addAll(Kept.coverage(each.getBytes(1))),
                    "select coverage from source where cluster = ? order by name",
                    name);
            sensor().ifPresent(told -> all.addAll(Unseen.of(told.denied()).coverage(name)));
            return all;
        });
    }

    @Override
    public Said said() {
        return get(() -> {
            long number = Sql.number(connection, "select number from declaration_state");
            List<byte[]> records = Sql.list(
                    connection,
                    each -> Stamped.at(each.getLong(2), each.getBytes(1)),
                    "select content, number from declaration order by key");
            return new Said(number, DeclarationsCodec.fromRecords(records));
        });
    }

    @Override
    public Map<Topic, Map<String, Hash>> published(Collection<Topic> topics) {
        return get(() -> {
            send();
            Map<Topic, Map<String, Hash>> hashes = new EnumMap<>(Topic.class);
            topics.forEach(topic -> hashes.put(topic, new HashMap<>()));
            Sql.each(
                    connection,
                    HASHES_FETCH,
                    each -> hashes.computeIfAbsent(Numbers.topic(each.getInt(1)), unused -> new HashMap<>())
                            .put(each.getString(2), new Hash(each.getBytes(3))),
                    "select topic, key, hash from published where cluster = ? and topic = any(?::smallint[])",
                    name,
                    topics.stream().map(Numbers::of).toList());
            return hashes;
        });
    }

    @Override
    public void publish(Topic topic, String key, Content content, Version version, Listing listing) {
        make(() -> {
            published.add(
                    name,
                    Numbers.of(topic),
                    key,
                    content.hash(),
                    content.bytes(),
                    version.epoch(),
                    version.number(),
                    listing.kind(),
                    listing.namespace(),
                    listing.subject(),
                    listing.team());
            outbox.add(topic, key, Stamped.at(version, content.bytes()), version);
        });
    }

    @Override
    public void withdraw(Topic topic, String key, Version version) {
        make(() -> {
            withdrawn.add(name, Numbers.of(topic), key);
            outbox.add(topic, key, null, version);
        });
    }

    @Override
    public void mark(Topic topic, Version version, byte[] mark) {
        make(() -> outbox.add(topic, io.plimsoll.wire.TopicKey.mark(name, OutboxRows.WRITER), mark, version));
    }

    @Override
    public void publishAgain(Topic topic, Version version) {
        make(() -> {
            send();
            Sql.execute(
                    connection,
                    "update published set epoch = ?, number = ? where cluster = ? and topic = ?",
                    version.epoch(),
                    version.number(),
                    name,
                    Numbers.of(topic));
            Sql.execute(
                    connection,
                    "insert into outbox (lane, topic, key, value, version)"
                            + " select ?, topic, key, ?::bytea || content, ? from published"
                            + " where cluster = ? and topic = ? order by key",
                    row.partition(),
                    Stamped.prefix(version),
                    version.toString(),
                    name,
                    Numbers.of(topic));
        });
    }

    @Override
    public void end(Topic topic, String key, Version version) {
        make(() -> outbox.add(topic, key, null, version));
    }

    @Override
    public void owners(Map<String, ? extends Set<String>> teams) {
        make(() -> {
            Map<String, Set<String>> before = new HashMap<>();
            Sql.each(
                    connection,
                    0,
                    each -> before.computeIfAbsent(each.getString(1), namespace -> new HashSet<>())
                            .add(each.getString(2)),
                    "select namespace, team from scope_team where cluster = ?",
                    name);
            if (before.equals(teams)) {
                return;
            }
            Sql.execute(connection, "delete from scope_team where cluster = ?", name);
            try (Batch rows =
                    new Batch(connection, "insert into scope_team (cluster, namespace, team) values (?, ?, ?)")) {
                for (Map.Entry<String, ? extends Set<String>> each : teams.entrySet()) {
                    for (String team : each.getValue()) {
                        rows.add(name, each.getKey(), team);
                    }
                }
                rows.send();
            }
        });
    }

    @Override
    public void accept(ClusterRow next) {
        make(() -> {
            row = next;
            Sql.execute(
                    connection,
                    "update cluster set epoch = ?, number = ?, object_count = ?, accepted = ?, incomplete = ?,"
                            + " engine = ?, live_sequence = ? where name = ?",
                    next.revision().epoch(),
                    next.revision().number(),
                    next.objects(),
                    next.accepted() == null ? null : Timestamp.from(next.accepted()),
                    next.incomplete(),
                    next.engine(),
                    sequence(),
                    name);
            if (row.mode() == ClusterMode.LIVE) {
                Sql.execute(
                        connection,
                        "update sensor set waiting = case when sequence = ? then null else now() end where cluster = ?",
                        sequence(),
                        name);
            }
        });
    }

    @Override
    public boolean settled(boolean rebuilt) {
        isSensorRead = false;
        var unused = sensor();
        return get(() ->
                Sql.execute(connection, "delete from pending where cluster = ? and (? or not rebuild)", name, rebuilt)
                        > 0);
    }

    @Override
    public void close() throws SQLException {
        published.close();
        withdrawn.close();
        outbox.close();
    }
}
