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
import io.plimsoll.sensing.object.SetDigest;
import io.plimsoll.store.Batch;
import io.plimsoll.store.Fault;
import io.plimsoll.store.Sql;
import io.plimsoll.wire.DeclarationsCodec;
import io.plimsoll.wire.Version;
import java.sql.Connection;
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
import java.util.concurrent.atomic.AtomicReference;
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
    private final AtomicReference<@Nullable Said> spoken;
    private ClusterRow row;
    /** As it was before anything was read: what the sensor tells later is published later. Null where there is none. */
    private @Nullable SensorRow sensor;

    private long declared;
    private boolean isRead;
    private final List<Runnable> committed = new ArrayList<>();

    /** @param spoken what people were last read to say, whoever read it */
    PostgresCluster(Connection connection, ClusterRow row, AtomicReference<@Nullable Said> spoken) {
        this.spoken = spoken;
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
        if (row.mode() == ClusterMode.LIVE) {
            return;
        }
        make(() -> Sql.each(
                connection,
                FETCH,
                each -> sink.accept(each.getString(1), each.getBytes(2)),
                "select source, object from source_object where cluster = ? order by source, position",
                name));
    }

    @Override
    public long liveCount() {
        return sensor().map(SensorRow::objects).orElse(0L);
    }

    private Optional<SensorRow> sensor() {
        read();
        return Optional.ofNullable(sensor);
    }

    /** One turn says what the sensor told and people say, so that each publication asks once. */
    private void read(Sql.Question... before) {
        if (isRead) {
            return;
        }
        make(() -> {
            List<Sql.Question> all = new ArrayList<>(List.of(before));
            all.add(SensorRows.asked(name, told -> sensor = told));
            all.add(new Sql.Question(each -> declared = each.getLong(1), "select number from declaration_state"));
            Sql.together(connection, all.toArray(Sql.Question[]::new));
            isRead = true;
        });
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
    public void live(LiveObjects known) {
        make(() -> {
            boolean whole = known.sequence() == LiveObjects.NOTHING;
            if (!tell(known) && !whole) {
                // It is known as of nothing now, so all of it is told; where the digest is not over that either, it is
                // again the next time.
                boolean unused = tell(known);
            }
        });
    }

    /** In one statement, which sees the sensor's row and its objects at one moment: the sensor goes on meanwhile. */
    private boolean tell(LiveObjects known) throws SQLException {
        if (known.sequence() == LiveObjects.NOTHING) {
            known.clear();
        }
        long since = known.sequence();
        At at = new At();
        Sql.each(
                connection,
                FETCH,
                each -> {
                    at.sequence = each.getLong(1);
                    at.digest = SetDigest.of(each.getBytes(2));
                    String kind = each.getString(4);
                    if (kind == null) {
                        return;
                    }
                    ObjectKey key = new ObjectKey(each.getString(3), kind, each.getString(5), each.getString(6));
                    byte[] hash = each.getBytes(7);
                    if (hash == null) {
                        known.remove(key);
                    } else {
                        known.put(key, hash, each.getBytes(8));
                    }
                },
                "select s.sequence, s.digest, moved.* from sensor s left join lateral ("
                        + "select grp, kind, namespace, name, hash, object from live_object"
                        + " where cluster = s.cluster and sequence > ? union all"
                        + " select grp, kind, namespace, name, null, null from live_gone"
                        + " where cluster = s.cluster and sequence > ?) moved on true where s.cluster = ?",
                since,
                since,
                name);
        return known.told(at.sequence, at.digest);
    }

    /** The moment at which something was read. */
    private static final class At {
        private long sequence;
        private SetDigest digest = SetDigest.EMPTY;
    }

    @Override
    public List<byte[]> unseen() {
        return sensor().map(told -> Unseen.of(told.denied()).objects()).orElse(List.of());
    }

    @Override
    public List<Coverage> coverage() {
        return get(() -> {
            List<Coverage> all = new ArrayList<>();
            if (row.mode() == ClusterMode.MANIFESTS) {
                Sql.each(
                        connection,
                        0,
                        each -> all.addAll(Kept.coverage(each.getBytes(1))),
                        "select coverage from source where cluster = ? order by name",
                        name);
            }
            sensor().ifPresent(told -> all.addAll(Unseen.of(told.denied()).coverage(name)));
            return all;
        });
    }

    @Override
    public Said said() {
        read();
        Said known = spoken.get();
        if (known != null && known.number() == declared) {
            return known;
        }
        return get(() -> {
            List<byte[]> records = Sql.list(
                    connection,
                    each -> Stamped.at(each.getLong(2), each.getBytes(1)),
                    "select content, number from declaration order by key");
            Said said = new Said(declared, DeclarationsCodec.fromRecords(records));
            spoken.set(said);
            return said;
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
                            + " engine = ?, live_sequence = ?, live_read = now() where name = ?",
                    next.revision().epoch(),
                    next.revision().number(),
                    next.objects(),
                    next.accepted() == null ? null : Timestamp.from(next.accepted()),
                    next.incomplete(),
                    next.engine(),
                    sequence(),
                    name);
        });
    }

    @Override
    public boolean settled(boolean rebuilt) {
        isRead = false;
        List<String> waited = new ArrayList<>();
        read(new Sql.Question(
                each -> waited.add(each.getString(1)),
                "delete from pending where cluster = ? and (? or not rebuild) returning cluster",
                name,
                rebuilt));
        return !waited.isEmpty();
    }

    @Override
    public void committed(Runnable then) {
        committed.add(then);
    }

    /** All of it is kept. */
    void committed() {
        committed.forEach(Runnable::run);
    }

    @Override
    public void close() throws SQLException {
        published.close();
        withdrawn.close();
        outbox.close();
    }
}
