package io.plimsoll.stagescoring.store;

import com.google.protobuf.InvalidProtocolBufferException;
import io.plimsoll.api.stages.v1.StageRecord;
import io.plimsoll.maturity.model.ScopeKind;
import io.plimsoll.store.Database;
import io.plimsoll.telemetry.Dictionary;
import java.util.List;

/** What operators look at, read at one moment. */
public final class Figures {

    /** A scope with its id. */
    public record Scope(String id, StageRecord record) {}

    /**
     * All of them.
     *
     * @param scopes organisation first, then teams, then clusters, never what is below; at most {@link Dictionary#SCOPES_MAX}
     * @param leftOut how many of them are beyond that
     * @param awaited clusters whose newest state waits to be scored
     * @param waitSeconds how long the longest of them waits
     * @param outbox stages that wait to be sent
     * @param outboxSeconds how long the oldest of them waits
     */
    public record All(
            List<Scope> scopes, int leftOut, int awaited, double waitSeconds, int outbox, double outboxSeconds) {

        /** Before anything was read. */
        public static final All NONE = new All(List.of(), 0, 0, 0, 0, 0);
    }

    private final Database database;

    public Figures(Database database) {
        this.database = database;
    }

    public All read() {
        return database.transaction(session -> {
            List<Scope> scopes = session.all(
                    "select id, record from scope where not gone and kind <= ? order by kind, id limit ?",
                    row -> new Scope(row.getString(1), record(row.getBytes(2))),
                    ScopeKind.CLUSTER.ordinal(),
                    Dictionary.SCOPES_MAX);
            return session.one(
                            "select count(*), coalesce(extract(epoch from now() - min(awaited_since)), 0),"
                                    + " (select count(*) from outbox),"
                                    + " (select coalesce(extract(epoch from now() - min(waiting_since)), 0) from outbox),"
                                    + " (select count(*) from scope where not gone and kind <= ?)"
                                    + " from contribution where awaited_since is not null",
                            row -> new All(
                                    scopes,
                                    row.getInt(5) - scopes.size(),
                                    row.getInt(1),
                                    Math.max(0, row.getDouble(2)),
                                    row.getInt(3),
                                    Math.max(0, row.getDouble(4))),
                            ScopeKind.CLUSTER.ordinal())
                    .orElseThrow(() -> new IllegalStateException("a count has one row"));
        });
    }

    private static StageRecord record(byte[] bytes) {
        try {
            return StageRecord.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            return StageRecord.getDefaultInstance();
        }
    }
}
