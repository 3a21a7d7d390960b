package io.plimsoll.inventory.store;

import io.plimsoll.inventory.flow.ClusterRow;
import io.plimsoll.inventory.publish.Stamped;
import io.plimsoll.inventory.sensor.PublishedUpTo;
import io.plimsoll.messaging.log.Topic;
import io.plimsoll.store.Database;
import io.plimsoll.store.Sql;
import io.plimsoll.wire.Version;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What is asked of inventory. Any thread. */
public final class Queries {

    /** By namespace, the teams that own something in it; the whole cluster under the empty name. */
    public record Owners(SortedMap<String, SortedSet<String>> teams) {

        /** Empty where nobody owns anything. */
        public SortedSet<String> of(String namespace) {
            return teams.getOrDefault(namespace, new TreeSet<>());
        }
    }

    /**
     * Who asks.
     *
     * @param all whether everything is theirs to see
     * @param teams whose things are theirs otherwise
     */
    public record Sight(boolean all, Collection<String> teams) {}

    private static final String VISIBLE = " (? or coalesce(s.team, '') = any(?::text[]) or coalesce(s.team, '') = ''"
            + " and exists (select 1 from scope_team o where o.cluster = r.cluster and o.namespace = r.namespace)"
            + " and not exists (select 1 from scope_team o where o.cluster = r.cluster"
            + " and o.namespace = r.namespace and not o.team = any(?::text[])))";

    private static final String RESOURCES = " from published r left join published s"
            + " on s.cluster = r.cluster and s.topic = 2 and s.key = r.subject where r.cluster = ? and r.topic = 1 and";

    private final Database database;

    public Queries(Database database) {
        this.database = database;
    }

    /** True when the database answers. */
    public boolean answers() {
        return database.alone(connection -> Sql.number(connection, "select count(*) from declaration_state")) >= 0;
    }

    public Optional<ClusterRow> cluster(String name) {
        return database.alone(connection -> Sql.list(
                        connection,
                        ClusterRows::of,
                        "select" + ClusterRows.COLUMNS + "from cluster where name = ?",
                        name)
                .stream()
                .findFirst());
    }

    /** Clusters after a name, in the order of names. */
    public List<ClusterRow> clusters(String after, int most) {
        return database.alone(connection -> Sql.list(
                connection,
                ClusterRows::of,
                "select" + ClusterRows.COLUMNS + "from cluster where name > ? order by name limit ?",
                after,
                most));
    }

    public Owners owners(String cluster) {
        return database.alone(connection -> {
            SortedMap<String, SortedSet<String>> teams = new TreeMap<>();
            Sql.each(
                    connection,
                    0,
                    row -> teams.computeIfAbsent(row.getString(1), key -> new TreeSet<>())
                            .add(row.getString(2)),
                    "select namespace, team from scope_team where cluster = ?",
                    cluster);
            return new Owners(teams);
        });
    }

    /**
     * Keys of resources after a key, in their order.
     *
     * @param namespace empty for all
     * @param kind empty for all
     */
    public List<String> resources(String cluster, String namespace, String kind, String after, int most, Sight sight) {
        return database.alone(connection -> {
            var teams = connection.createArrayOf("text", sight.teams().toArray(String[]::new));
            return Sql.list(
                    connection,
                    row -> row.getString(1),
                    "select r.key" + RESOURCES + VISIBLE
                            + " and r.key > ? and (? = '' or r.namespace = ?) and (? = '' or r.kind = ?)"
                            + " order by r.key limit ?",
                    cluster,
                    sight.all(),
                    teams,
                    teams,
                    after,
                    namespace,
                    namespace,
                    kind,
                    kind,
                    most);
        });
    }

    /** The record of a resource as published; empty when it is not there, or not theirs to see. */
    public Optional<byte[]> resource(String cluster, String key, Sight sight) {
        return database.alone(connection -> {
            var teams = connection.createArrayOf("text", sight.teams().toArray(String[]::new));
            return Sql.list(
                            connection,
                            row -> Stamped.at(new Version(row.getLong(2), row.getLong(3), 0), row.getBytes(1)),
                            "select r.content, r.epoch, r.number" + RESOURCES + VISIBLE + " and r.key = ?",
                            cluster,
                            sight.all(),
                            teams,
                            teams,
                            key)
                    .stream()
                    .findFirst();
        });
    }

    /**
     * A record of subjects.
     *
     * @param firstSeen since it was last absent
     */
    public record SubjectRow(String cluster, String key, byte[] content, Instant firstSeen, Instant lastChanged) {}

    /** Records of subjects behind a key, in their order. */
    public List<SubjectRow> subjects(String cluster, String after, int most) {
        return database.alone(connection -> Sql.list(
                connection,
                row -> new SubjectRow(
                        cluster,
                        row.getString(1),
                        row.getBytes(2),
                        row.getTimestamp(3).toInstant(),
                        row.getTimestamp(4).toInstant()),
                "select key, content, first_seen, last_changed from published"
                        + " where cluster = ? and topic = ? and key > ? order by key limit ?",
                cluster,
                Numbers.of(Topic.SUBJECTS),
                after,
                most));
    }

    /** Records of the objects behind a record of subjects: one, or a few of different groups. */
    public List<byte[]> objectsOf(String cluster, String subject) {
        return database.alone(connection -> Sql.list(
                connection,
                row -> row.getBytes(1),
                "select content from published where cluster = ? and topic = 1 and subject = ? limit 10",
                cluster,
                subject));
    }

    /** What the newest published state holds of what the sensor told. */
    public PublishedUpTo publishedUpTo(String cluster) {
        return database.alone(connection -> Sql.list(
                        connection,
                        row -> new PublishedUpTo(row.getLong(1), SensorRows.instant(row.getTimestamp(2))),
                        "select live_sequence, live_read from cluster where name = ?",
                        cluster)
                .stream()
                .findFirst()
                .orElse(PublishedUpTo.NOTHING));
    }

    /** The record of a fact without its version; empty when it is not there. */
    public Optional<byte[]> fact(String cluster, String key) {
        return database.alone(connection -> Sql.list(
                        connection,
                        row -> row.getBytes(1),
                        "select content from published where cluster = ? and topic = ? and key = ?",
                        cluster,
                        Numbers.of(Topic.FACTS),
                        key)
                .stream()
                .findFirst());
    }

    /** Number of the declarations, then the records after a kind and a name, in their order; no kind for all. */
    public Map.Entry<Long, List<byte[]>> declarations(String kind, String afterKind, String afterName, int most) {
        return database.alone(connection -> Map.entry(
                Sql.number(connection, "select number from declaration_state"),
                Sql.list(
                        connection,
                        row -> Stamped.at(row.getLong(2), row.getBytes(1)),
                        "select content, number from declaration where (? = '' or kind = ?)"
                                + " and (kind, name) > (?, ?) order by kind, name limit ?",
                        kind,
                        kind,
                        afterKind,
                        afterName,
                        most)));
    }

    /** How many clusters (and the declarations) wait to be written anew. */
    public int rebuilding() {
        return database.alone(connection -> (int) Sql.number(connection, "select count(*) from pending where rebuild"));
    }
}
