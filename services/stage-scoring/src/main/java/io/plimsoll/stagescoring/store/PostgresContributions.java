package io.plimsoll.stagescoring.store;

import com.google.protobuf.InvalidProtocolBufferException;
import io.plimsoll.api.tallies.v1.TallyRecord;
import io.plimsoll.assessment.scope.ScopeKey;
import io.plimsoll.kernel.ClusterMode;
import io.plimsoll.maturity.model.StageModel;
import io.plimsoll.messaging.lease.PostgresLeases;
import io.plimsoll.messaging.log.RecordSink;
import io.plimsoll.stagescoring.flow.Basis;
import io.plimsoll.stagescoring.flow.Contribution;
import io.plimsoll.stagescoring.flow.ContributionStore;
import io.plimsoll.stagescoring.flow.Kept;
import io.plimsoll.store.Database;
import io.plimsoll.store.Database.Session;
import io.plimsoll.store.Sql;
import io.plimsoll.wire.FactsCodec;
import io.plimsoll.wire.KernelCodec;
import io.plimsoll.wire.TalliesCodec;
import io.plimsoll.wire.TalliesCodec.Part;
import io.plimsoll.wire.Version;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Contributions in the service's own schema. A former owner of a partition is refused by its lease's generation. */
public final class PostgresContributions implements ContributionStore {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresContributions.class);
    private static final String COLUMNS = "cluster, partition, change, awaited_since, epoch, number, generation,"
            + " evidence, declarations, deadline, automation, model, as_of, mode, facts, used, tallies";

    private final Database database;
    private final StageModel model;
    private final TalliesCodec tallies;

    public PostgresContributions(Database database, StageModel model) {
        this.database = database;
        this.model = model;
        this.tallies = new TalliesCodec(model);
    }

    private record Seen(String cluster, long change) {}

    @Override
    public Changes since(Map<String, Long> known) {
        return database.alone(connection -> {
            // Two columns a look; whole rows are read only where they changed.
            List<Seen> seen = Sql.list(
                    connection,
                    row -> new Seen(row.getString(1), row.getLong(2)),
                    "select cluster, change from contribution");
            Set<String> gone = new HashSet<>(known.keySet());
            List<String> changed = new ArrayList<>();
            for (Seen each : seen) {
                gone.remove(each.cluster());
                Long before = known.get(each.cluster());
                if (before == null || before != each.change()) {
                    changed.add(each.cluster());
                }
            }
            List<Kept> kept = changed.isEmpty()
                    ? List.of()
                    : Sql.list(
                            connection,
                            this::kept,
                            "select " + COLUMNS + " from contribution where cluster = any(?) order by cluster",
                            changed);
            return new Changes(kept, gone);
        });
    }

    private Kept kept(ResultSet row) throws SQLException {
        String cluster = row.getString("cluster");
        return new Kept(
                cluster,
                row.getInt("partition"),
                contribution(cluster, row),
                instant(row, "awaited_since"),
                row.getLong("change"));
    }

    /** Null before the first, and for one counted by another model: it is scored anew. */
    private @Nullable Contribution contribution(String cluster, ResultSet row) throws SQLException {
        byte[] facts = row.getBytes("facts");
        Instant asOf = instant(row, "as_of");
        if (facts == null || asOf == null || !model.digest().equals(row.getString("model"))) {
            return null;
        }
        try {
            Version version = new Version(row.getLong("epoch"), row.getLong("number"), row.getLong("generation"));
            TreeMap<ScopeKey, Part> parts = new TreeMap<>();
            for (byte[] each : Delimited.split(row.getBytes("tallies"))) {
                parts.put(KernelCodec.fromWire(TallyRecord.parseFrom(each).getScope()), tallies.fromWire(each));
            }
            return new Contribution(
                    cluster,
                    version,
                    new Basis(
                            version.input(),
                            row.getString("evidence"),
                            row.getLong("declarations"),
                            Instant.parse(row.getString("deadline")),
                            row.getString("automation"),
                            row.getString("model")),
                    asOf,
                    ClusterMode.valueOf(row.getString("mode")),
                    FactsCodec.fromWire(cluster, Delimited.split(facts)),
                    new TreeSet<>(List.of((String[]) row.getArray("used").getArray())),
                    parts);
        } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
            LOG.atWarn()
                    .addKeyValue("cluster", cluster)
                    .addKeyValue("reason", String.valueOf(e.getMessage()))
                    .log("a contribution cannot be read and is scored anew");
            return null;
        }
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    @Override
    public void save(Owner owner, Contribution.WithRows contribution) {
        Contribution scored = contribution.contribution();
        List<byte[]> facts = FactsCodec.toWire(scored.facts(), scored.version()).values().stream()
                .map(com.google.protobuf.AbstractMessageLite::toByteArray)
                .toList();
        List<byte[]> parts = new ArrayList<>();
        scored.tallies()
                .forEach((scope, part) -> parts.add(tallies.toWire(scope, scored.cluster(), scored.version(), part)
                        .toByteArray()));
        database.transaction(session -> {
            require(session, owner);
            FindingLives.Time time = time(session, scored.cluster(), scored.asOf());
            session.write(
                    "insert into contribution (" + COLUMNS + ") values (?, ?, nextval('contribution_change'), null,"
                            + " ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                            + " on conflict (cluster) do update set partition = excluded.partition, change = excluded.change,"
                            + " awaited_since = null, epoch = excluded.epoch, number = excluded.number,"
                            + " generation = excluded.generation, evidence = excluded.evidence, declarations = excluded.declarations,"
                            + " deadline = excluded.deadline, automation = excluded.automation, model = excluded.model,"
                            + " as_of = excluded.as_of, mode = excluded.mode, facts = excluded.facts, used = excluded.used,"
                            + " tallies = excluded.tallies",
                    scored.cluster(),
                    owner.partition(),
                    scored.version().epoch(),
                    scored.version().number(),
                    scored.version().generation(),
                    scored.basis().evidence(),
                    scored.basis().declarations(),
                    scored.basis().deadline().toString(),
                    scored.basis().automation(),
                    scored.basis().model(),
                    scored.asOf(),
                    scored.mode().name(),
                    Delimited.of(facts),
                    scored.used(),
                    Delimited.of(parts));
            RowsWriter.replace(session, scored.cluster(), contribution.rows(), time);
            return true;
        });
    }

    @Override
    public void await(Owner owner, String cluster, Instant since) {
        database.transaction(session -> {
            require(session, owner);
            session.write(
                    "insert into contribution (cluster, partition, change, awaited_since)"
                            + " values (?, ?, nextval('contribution_change'), ?)"
                            + " on conflict (cluster) do update set change = excluded.change,"
                            + " awaited_since = excluded.awaited_since where contribution.awaited_since is null",
                    cluster,
                    owner.partition(),
                    since);
            return true;
        });
    }

    @Override
    public void remove(Owner owner, String cluster, Instant at) {
        database.transaction(session -> {
            require(session, owner);
            FindingLives.Time time = time(session, cluster, at);
            session.write("delete from contribution where cluster = ?", cluster);
            RowsWriter.remove(session, cluster, time);
            return true;
        });
    }

    private static FindingLives.Time time(Session session, String cluster, Instant now) throws SQLException {
        Instant before = session.one(
                        "select as_of from contribution where cluster = ? and as_of is not null",
                        row -> row.getObject(1, OffsetDateTime.class).toInstant(),
                        cluster)
                .orElse(now);
        return new FindingLives.Time(before, now);
    }

    /** Whoever takes the partition over waits until the transaction ends, or is waited for. */
    private static void require(Session session, Owner owner) throws SQLException {
        boolean mine = session.one(PostgresLeases.STAND_ON, row -> row.getLong(1), owner.partition())
                .filter(generation -> generation == owner.generation())
                .isPresent();
        if (!mine) {
            throw new RecordSink.Fenced("partition " + owner.partition() + " has another owner", null);
        }
    }
}
