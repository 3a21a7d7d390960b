package io.plimsoll.stagescoring.store;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Timestamp;
import io.plimsoll.api.scoring.v1.WatchEventsResponse;
import io.plimsoll.api.stages.v1.StageRecord;
import io.plimsoll.assessment.scope.ScopeKey;
import io.plimsoll.messaging.log.RecordSink;
import io.plimsoll.stagescoring.flow.StageStore;
import io.plimsoll.store.Database;
import io.plimsoll.store.Database.Session;
import io.plimsoll.store.Sql;
import io.plimsoll.wire.KernelCodec;
import io.plimsoll.wire.ScopeStage;
import io.plimsoll.wire.StagesCodec;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Stages, events and what is to be sent, in the service's own schema. One merger at a time, by the generation of its lease. */
public final class PostgresStages implements StageStore {

    /** Most points of one scope's history; beyond it the oldest go. */
    static final int POINTS_MAX = 1_000;
    /** Most events kept, over all scopes; beyond it the oldest go. */
    static final int EVENTS_MAX = 100_000;
    /** Most resolved findings forgotten at once, so that nobody waits for long. */
    static final int FORGOTTEN_MAX = 10_000;

    private record Gap(String cluster, ByteString content) {}

    private final Database database;
    private final StagesCodec codec;

    public PostgresStages(Database database, StagesCodec codec) {
        this.database = database;
        this.codec = codec;
    }

    @Override
    public Estate begin(long lease) {
        return database.transaction(session -> {
            // From here on the former merger is refused, whatever it was about to write.
            int mine = session.write("update estate set merger = ? where merger <= ?", lease, lease);
            if (mine == 0) {
                throw new RecordSink.Fenced("there is a newer merger", null);
            }
            Map<ScopeKey, Last> scopes = new HashMap<>();
            session.all("select id, sequence, gone, record from scope", row -> {
                scopes.put(
                        ScopeKey.parse(row.getString(1)),
                        new Last(row.getLong(2), stage(row.getBytes(4)), row.getBoolean(3)));
                return "";
            });
            return session.one(
                            "select declarations, declared from estate",
                            row -> new Estate(scopes, row.getLong(1), Delimited.split(row.getBytes(2))))
                    .orElseThrow(() -> new IllegalStateException("the row of the estate is missing"));
        });
    }

    /** Null when it was measured with another model, or is gone. */
    private @Nullable ScopeStage stage(byte @Nullable [] record) {
        if (record == null) {
            return null;
        }
        try {
            return codec.fromWire(record);
        } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
            return null;
        }
    }

    @Override
    public void save(long lease, Evaluation evaluation) {
        database.transaction(session -> {
            require(session, lease);
            FindingLives.Time time = time(session, evaluation.asOf());
            session.write("update estate set as_of = ?", evaluation.asOf());
            session.write(
                    "update estate set declarations = ?, declared = ? where declarations <> ?",
                    evaluation.spoken().number(),
                    Delimited.of(evaluation.spoken().records()),
                    evaluation.spoken().number());
            Written written = new Written(evaluation.asOf());
            evaluation.changes().forEach(written::add);
            written.send(session);
            int rows = RowsWriter.replace(session, "", evaluation.rows(), time);
            if (coverage(session, evaluation.coverage()) || rows > 0) {
                session.write("update estate set moved = moved + 1");
            }
            if (evaluation.changes().stream().anyMatch(Change::event)) {
                forget(session);
            }
            return true;
        });
    }

    private static void require(Session session, long lease) throws SQLException {
        boolean mine = session.one("select merger from estate for update", row -> row.getLong(1))
                .filter(merger -> merger == lease)
                .isPresent();
        if (!mine) {
            throw new RecordSink.Fenced("there is a newer merger", null);
        }
    }

    private static FindingLives.Time time(Session session, Instant now) throws SQLException {
        Instant before = session.one(
                        "select as_of from estate where as_of is not null",
                        row -> row.getObject(1, OffsetDateTime.class).toInstant())
                .orElse(now);
        return new FindingLives.Time(before, now);
    }

    @Override
    public boolean forget(long lease, Instant before, int most) {
        return database.transaction(session -> {
            require(session, lease);
            int gone = session.write(
                    "delete from finding_life l using (select cluster, identity from finding_life where resolved_at < ?"
                            + " order by resolved_at limit ?) o"
                            + " where l.cluster = o.cluster and l.identity = o.identity and l.resolved_at < ?",
                    before,
                    FORGOTTEN_MAX,
                    before);
            // One that was opened again meanwhile is resolved no more and stays.
            gone += session.write(
                    "delete from finding_life l using (select cluster, identity from finding_life where resolved_at is not null"
                            + " order by resolved_at desc offset ? limit ?) o"
                            + " where l.cluster = o.cluster and l.identity = o.identity and l.resolved_at is not null",
                    most,
                    FORGOTTEN_MAX);
            return gone >= FORGOTTEN_MAX;
        });
    }

    /** What an evaluation writes, gathered so that each table is written in one turn. */
    private final class Written {

        private final Instant at;
        private final List<@Nullable Object[]> scopes = new ArrayList<>();
        private final List<@Nullable Object[]> points = new ArrayList<>();
        private final List<@Nullable Object[]> trimmed = new ArrayList<>();
        private final List<@Nullable Object[]> outgoing = new ArrayList<>();
        private final List<@Nullable Object[]> events = new ArrayList<>();

        Written(Instant at) {
            this.at = at;
        }

        void add(Change change) {
            ScopeStage after = change.after();
            ScopeStage before = change.before();
            String scope = change.scope().id();
            StageRecord record = after == null ? null : codec.toWire(after);
            byte[] bytes = record == null ? null : record.toByteArray();
            // Those who saw it when it was there hear of its end.
            ScopeStage told = after == null ? before : after;
            List<String> teams = told == null ? List.of() : List.copyOf(told.teams());
            scopes.add(
                    new Object[] {scope, change.scope().kind().ordinal(), change.sequence(), after == null, teams, bytes
                    });
            if (bytes != null && told(before, after)) {
                points.add(new Object[] {scope, change.sequence(), at, bytes});
                trimmed.add(new Object[] {scope, scope, POINTS_MAX});
            }
            outgoing.add(new Object[] {scope, change.sequence(), bytes});
            if (change.event()) {
                WatchEventsResponse.Builder event = WatchEventsResponse.newBuilder()
                        .setAt(Timestamp.newBuilder()
                                .setSeconds(at.getEpochSecond())
                                .setNanos(at.getNano()))
                        .setScope(KernelCodec.toWire(change.scope()))
                        .addAllGatesChanged(change.gatesChanged());
                if (before != null) {
                    event.setBefore(codec.toWire(before).getMeasured());
                }
                if (record != null) {
                    event.setAfter(record.getMeasured());
                }
                events.add(new Object[] {at, scope, teams, event.build().toByteArray()});
            }
        }

        void send(Session session) throws SQLException {
            session.batch(
                    "insert into scope (id, kind, sequence, gone, teams, record) values (?, ?, ?, ?, ?, ?)"
                            + " on conflict (id) do update set sequence = excluded.sequence, gone = excluded.gone,"
                            + " teams = excluded.teams, record = excluded.record",
                    scopes);
            session.batch(
                    "insert into stage_record (scope, sequence, published, record) values (?, ?, ?, ?)"
                            + " on conflict (scope, sequence) do nothing",
                    points);
            session.batch(
                    "delete from stage_record where scope = ? and sequence <= (select sequence from stage_record where scope = ?"
                            + " order by sequence desc offset ? limit 1)",
                    trimmed);
            session.batch("insert into outbox (scope, sequence, record) values (?, ?, ?)", outgoing);
            session.batch("insert into event (at, scope, teams, content) values (?, ?, ?, ?)", events);
        }
    }

    /** A history tells of numbers: a point that repeats the one before it says nothing. */
    private static boolean told(@Nullable ScopeStage before, @Nullable ScopeStage after) {
        return before == null
                || after == null
                || !before.measured().security().equals(after.measured().security())
                || !before.measured()
                        .adoption()
                        .band()
                        .equals(after.measured().adoption().band());
    }

    /** Keeps the newest events: whoever was away longer reads the stages anew. */
    private static void forget(Session session) throws SQLException {
        session.write(
                "update estate set forgotten = greatest(forgotten, (select coalesce(max(sequence), 0) from event) - ?)",
                EVENTS_MAX);
        session.write("delete from event where sequence <= (select forgotten from estate)");
    }

    /** @return true when the gaps are others now */
    private static boolean coverage(Session session, List<Placed> coverage) throws SQLException {
        List<Gap> before = session.all(
                "select cluster, content from coverage order by ordinal",
                row -> new Gap(row.getString(1), ByteString.copyFrom(row.getBytes(2))));
        List<Gap> now = coverage.stream()
                .map(each -> new Gap(
                        each.cluster(), KernelCodec.toWire(each.coverage()).toByteString()))
                .toList();
        if (now.equals(before)) {
            return false;
        }
        session.write("delete from coverage");
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (Gap each : now) {
            rows.add(new Object[] {rows.size(), each.cluster(), each.content().toByteArray()});
        }
        session.batch("insert into coverage (ordinal, cluster, content) values (?, ?, ?)", rows);
        return true;
    }

    @Override
    public List<Outgoing> outgoing(int most) {
        return database.alone(connection -> Sql.list(
                connection,
                row -> new Outgoing(row.getLong(1), row.getString(2), row.getLong(3), row.getBytes(4)),
                "select id, scope, sequence, record from outbox order by id limit ?",
                most));
    }

    @Override
    public void sent(long id) {
        int unused = database.alone(connection -> Sql.execute(connection, "delete from outbox where id <= ?", id));
    }
}
