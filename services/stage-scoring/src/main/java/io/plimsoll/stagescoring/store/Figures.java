package io.plimsoll.stagescoring.store;

import com.google.protobuf.InvalidProtocolBufferException;
import io.plimsoll.api.stages.v1.StageRecord;
import io.plimsoll.maturity.model.ScopeKind;
import io.plimsoll.store.Database;
import java.util.List;

/** What operators look at, read at one moment. */
public final class Figures {

    /** Most scopes with figures of their own: organisation first, then teams, then clusters. */
    static final int SCOPES_MAX = 2_000;

    /** A scope with its id. */
    public record Scope(String id, StageRecord record) {}

    /**
     * All of them.
     *
     * @param scopes organisation, teams and clusters, never what is below
     * @param awaited clusters whose newest state waits to be scored
     * @param waitSeconds how long the longest of them waits
     * @param outbox stages that wait to be sent
     */
    public record All(List<Scope> scopes, int awaited, double waitSeconds, int outbox) {}

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
                    SCOPES_MAX);
            return session.one(
                            "select count(*), coalesce(extract(epoch from now() - min(awaited_since)), 0),"
                                    + " (select count(*) from outbox) from contribution where awaited_since is not null",
                            row -> new All(scopes, row.getInt(1), Math.max(0, row.getDouble(2)), row.getInt(3)))
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
