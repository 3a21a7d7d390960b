package io.plimsoll.stagescoring.store;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Timestamp;
import io.plimsoll.api.scoring.v1.WatchEventsResponse;
import io.plimsoll.api.stages.v1.StageRecord;
import io.plimsoll.assessment.scope.ScopeKey;
import io.plimsoll.messaging.log.RecordSink;
import io.plimsoll.stagescoring.flow.StageStore;
import io.plimsoll.store.Database;
import io.plimsoll.store.Database.Session;
import io.plimsoll.wire.KernelCodec;
import io.plimsoll.wire.ScopeStage;
import io.plimsoll.wire.StagesCodec;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Stages, events and what is to be sent, in the service's own schema. One merger at a time, by the generation of its lease. */
public final class PostgresStages implements StageStore {

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
            boolean mine = session.one("select merger from estate for update", row -> row.getLong(1))
                    .filter(merger -> merger == lease)
                    .isPresent();
            if (!mine) {
                throw new RecordSink.Fenced("there is a newer merger", null);
            }
            session.write(
                    "update estate set declarations = ?, declared = ? where declarations <> ?",
                    evaluation.spoken().number(),
                    Delimited.of(evaluation.spoken().records()),
                    evaluation.spoken().number());
            for (Change change : evaluation.changes()) {
                write(session, change, evaluation.asOf());
            }
            RowsWriter.replace(session, "", evaluation.rows());
            coverage(session, evaluation.coverage());
            return true;
        });
    }

    private void write(Session session, Change change, Instant at) throws SQLException {
        ScopeStage after = change.after();
        ScopeStage before = change.before();
        StageRecord record = after == null ? null : codec.toWire(after);
        byte[] bytes = record == null ? null : record.toByteArray();
        // Those who saw it when it was there hear of its end.
        ScopeStage told = after == null ? before : after;
        List<String> teams = told == null ? List.of() : List.copyOf(told.teams());
        session.write(
                "insert into scope (id, kind, sequence, gone, teams, record) values (?, ?, ?, ?, ?, ?)"
                        + " on conflict (id) do update set sequence = excluded.sequence, gone = excluded.gone,"
                        + " teams = excluded.teams, record = excluded.record",
                change.scope().id(),
                change.scope().kind().ordinal(),
                change.sequence(),
                after == null,
                teams,
                bytes);
        if (bytes != null) {
            session.write(
                    "insert into stage_record (scope, sequence, published, record) values (?, ?, ?, ?)"
                            + " on conflict (scope, sequence) do nothing",
                    change.scope().id(),
                    change.sequence(),
                    at,
                    bytes);
        }
        session.write(
                "insert into outbox (scope, sequence, record) values (?, ?, ?)",
                change.scope().id(),
                change.sequence(),
                bytes);
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
            session.write(
                    "insert into event (at, scope, teams, content) values (?, ?, ?, ?)",
                    at,
                    change.scope().id(),
                    teams,
                    event.build().toByteArray());
        }
    }

    private static void coverage(Session session, List<Placed> coverage) throws SQLException {
        session.write("delete from coverage");
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (Placed each : coverage) {
            rows.add(new Object[] {
                rows.size(), each.cluster(), KernelCodec.toWire(each.coverage()).toByteArray()
            });
        }
        session.batch("insert into coverage (ordinal, cluster, content) values (?, ?, ?)", rows);
    }

    @Override
    public List<Outgoing> outgoing(int most) {
        return database.transaction(session -> session.all(
                "select id, scope, sequence, record from outbox order by id limit ?",
                row -> new Outgoing(row.getLong(1), row.getString(2), row.getLong(3), row.getBytes(4)),
                most));
    }

    @Override
    public void sent(long id) {
        database.transaction(session -> session.write("delete from outbox where id <= ?", id));
    }
}
