package io.plimsoll.stagescoring.api;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import io.plimsoll.api.kernel.v1.ScopeRef;
import io.plimsoll.api.stages.v1.StageRecord;
import io.plimsoll.assessment.scope.ScopeKey;
import io.plimsoll.identity.Caller;
import io.plimsoll.identity.Callers;
import io.plimsoll.maturity.model.ScopeKind;
import io.plimsoll.problem.Problem;
import io.plimsoll.problem.ProblemException;
import io.plimsoll.store.Database;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** What every question shares: the caller, the database, and a scope's newest record as far as the caller may see it. */
@ApplicationScoped
public class Reader {

    private final Database database;
    private final Supplier<Caller> caller;

    @Inject
    Reader(DataSource source, Callers callers) {
        this(new Database(source), callers::caller);
    }

    /** @param caller whoever asks at the moment */
    Reader(Database database, Supplier<Caller> caller) {
        this.database = database;
        this.caller = caller;
    }

    Sight sight() {
        return new Sight(caller.get());
    }

    <T> T read(Database.Work<T> work) {
        return database.transaction(work);
    }

    private record Seen(List<String> teams, byte[] record) {}

    /**
     * @throws ProblemException of {@link Problem#NOT_FOUND} when it is not there, or not for the caller
     */
    StageRecord stage(Sight sight, ScopeRef ref) {
        ScopeKey scope = Sight.scope(ref);
        return read(session -> session.one(
                        "select teams, record from scope where id = ? and not gone",
                        row -> new Seen(List.of((String[]) row.getArray(1).getArray()), row.getBytes(2)),
                        scope.id()))
                .filter(seen -> sight.sees(seen.teams()))
                .map(seen -> parsed(StageRecord.parser(), seen.record()))
                .orElseThrow(() -> new ProblemException(Problem.NOT_FOUND, "no scope " + scope.id()));
    }

    /** Reads rows of one snapshot. */
    <T> T readAsOne(Database.Work<T> work) {
        return database.transaction(session -> {
            session.execute("set transaction isolation level repeatable read, read only");
            return work.in(session);
        });
    }

    /**
     * The name of what stands in the rows a scope is answered from; another one when any of them is.
     *
     * @param scope null for the whole estate
     */
    static String snapshot(Database.Session session, @Nullable ScopeKey scope) throws SQLException {
        String cluster = scope == null || scope.kind().compareTo(ScopeKind.CLUSTER) < 0
                ? ""
                : scope.id().split("/", 3)[1];
        return session.one(
                        "select md5(coalesce((select string_agg(cluster || ' ' || epoch || '.' || number || '.' || generation, ','"
                                + " order by cluster) from contribution where epoch is not null and (? = '' or cluster = ?)), '')"
                                + " || ' ' || moved) from estate",
                        row -> row.getString(1),
                        cluster,
                        cluster)
                .orElseThrow(() -> new IllegalStateException("the row of the estate is missing"));
    }

    static <T extends MessageLite> T parsed(Parser<T> parser, byte[] bytes) {
        try {
            return parser.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new ProblemException(Problem.INTERNAL, "what is kept cannot be read", e);
        }
    }

    /** For rows in a lambda of the database. */
    static <T extends MessageLite> T message(Parser<T> parser, java.sql.ResultSet row, String column)
            throws SQLException {
        return parsed(parser, row.getBytes(column));
    }
}
