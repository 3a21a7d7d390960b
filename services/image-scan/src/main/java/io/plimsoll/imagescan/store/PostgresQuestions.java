package io.plimsoll.imagescan.store;

import io.plimsoll.assessment.scope.ScopeKey;
import io.plimsoll.imagescan.flow.Asked;
import io.plimsoll.imagescan.flow.ImageQuestions;
import io.plimsoll.imagescan.flow.Row;
import io.plimsoll.imagescan.flow.Sight;
import io.plimsoll.problem.Problem;
import io.plimsoll.problem.ProblemException;
import io.plimsoll.scanning.ImageReport;
import io.plimsoll.scanning.kept.KeptReportReader;
import io.plimsoll.store.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Questions as SQL. The caller's sight is a condition of every one of them. */
@ApplicationScoped
public class PostgresQuestions implements ImageQuestions {

    /** References that were asked for by name and wait. */
    private static final int ASKED_MAX = 1_000;

    private static final Duration BUSY = Duration.ofSeconds(30);

    private static final String COLUMNS = """
             u.reference, u.platform, coalesce(r.digest, '') as digest, coalesce(r.reason, 'no-connector') as reason,
             coalesce(r.detail, '') as detail, coalesce(r.access_how, '') as access_how,
             coalesce(r.signature_how, '') as signature_how, coalesce(r.provenance, '') as provenance,
             coalesce(r.governed_how, '') as governed_how, coalesce(r.blocking, '') as blocking,
             coalesce(i.bill, '') as bill, i.scanned, coalesce(i.missing, '') as missing, i.matched, coalesce(i.doubt_how, '') as doubt_how,
             coalesce(i.origin, '') as origin, coalesce(i.critical, 0) as critical, coalesce(i.high, 0) as high,
             coalesce(i.medium, 0) as medium, coalesce(i.low, 0) as low, coalesce(i.fixable, 0) as fixable,
             u.users\s""";

    private static final String JOINS = """
             left join image_reference r on r.reference = u.reference and r.platform = u.platform
             left join image i on i.digest = r.digest\s""";

    /** As ScanState of the contract, in its order. */
    private static final String STATE = """
             case when i.scanned is not null and i.missing = '' then 'complete'
                  when i.scanned is not null then 'incomplete'
                  when r.reason is not null and r.reason in ('', 'pending') then 'pending'
                  when r.digest is null then 'unresolved'
                  else 'failed' end\s""";

    private final Database database;

    public PostgresQuestions(Database database) {
        this.database = database;
    }

    @Override
    public List<Row> rows(Sight sight, Optional<ScopeKey> scope, String state, Asked after, int most) {
        Condition seen = Condition.of(sight, scope, "");
        List<@Nullable Object> values = new ArrayList<>(seen.values());
        values.add(after.reference());
        values.add(after.platform());
        if (!state.isEmpty()) {
            values.add(state);
        }
        return database.transaction(session -> session.all(
                "select " + COLUMNS + "from (select reference, platform, count(*) as users from image_use where"
                        + seen.sql() + " and (reference, platform) > (?, ?) group by reference, platform) u " + JOINS
                        + (state.isEmpty() ? "" : "where " + STATE + "= ? ")
                        + "order by u.reference, u.platform limit " + most,
                PostgresQuestions::row,
                values.toArray()));
    }

    @Override
    public Optional<Row> row(Sight sight, String digest) {
        Condition seen = Condition.of(sight, Optional.empty(), "x.");
        List<@Nullable Object> values = new ArrayList<>(seen.values());
        values.add(digest);
        return database.transaction(session -> session.one(
                "select " + COLUMNS + "from (select a.reference, a.platform, (select count(*) from image_use x where"
                        + seen.sql() + " and x.reference = a.reference and x.platform = a.platform) as users"
                        + " from image_reference a where a.digest = ?) u " + JOINS
                        + (sight.all() ? "" : "where u.users > 0 ")
                        + "order by u.users = 0, u.reference, u.platform limit 1",
                PostgresQuestions::row,
                values.toArray()));
    }

    private static Row row(ResultSet row) throws SQLException {
        String provenance = row.getString("provenance");
        return new Row(
                new Asked(row.getString("reference"), row.getString("platform")),
                row.getString("digest"),
                row.getString("reason"),
                row.getString("detail"),
                Words.time(row, "scanned"),
                row.getString("missing"),
                Words.time(row, "matched"),
                row.getString("doubt_how"),
                new Row.Counts(
                        row.getInt("critical"),
                        row.getInt("high"),
                        row.getInt("medium"),
                        row.getInt("low"),
                        row.getInt("fixable")),
                provenance.isEmpty() ? row.getString("origin") : provenance,
                row.getString("access_how"),
                row.getString("signature_how"),
                policy(row.getString("governed_how"), row.getString("blocking")),
                row.getString("bill"),
                row.getInt("users"));
    }

    private static String policy(String governed, String blocking) {
        return blocking.isEmpty() ? governed : governed + "; " + blocking;
    }

    @Override
    public Optional<ImageReport> report(String digest) {
        return database.transaction(session -> session.one(
                        "select report from image where digest = ? and report is not null",
                        row -> row.getBytes(1),
                        digest))
                .map(kept -> {
                    try {
                        return KeptReportReader.read(kept);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
    }

    @Override
    public Optional<Answer> answer(String digest) {
        return database.transaction(session -> {
            Map<String, Instant> firstSeen = new HashMap<>();
            session.all(
                    "select vulnerability, first_seen from image_weakness where digest = ?",
                    row -> firstSeen.put(
                            row.getString(1), Words.time(row, "first_seen").orElse(Instant.EPOCH)),
                    digest);
            return session.one(
                    "select answer, matched, feeds from image where digest = ? and answer is not null",
                    row -> new Answer(
                            row.getString("feeds") + row.getString("matched"),
                            WeaknessCodec.read(row.getBytes("answer")),
                            firstSeen),
                    digest);
        });
    }

    @Override
    public List<Had> weaknesses(Sight sight, Optional<ScopeKey> scope, boolean fixed, Had after, int most) {
        Condition seen = Condition.of(sight, scope, "u.");
        // Of a team are the applications it runs something of.
        List<@Nullable Object> values = new ArrayList<>(seen.values());
        values.addAll(List.of(after.cluster(), after.namespace(), after.application(), after.vulnerability()));
        return database.transaction(session -> session.all(
                "select h.cluster, h.namespace, h.application, h.vulnerability, h.first_seen, h.fixed"
                        + " from application_weakness h where exists (select 1 from image_use u where" + seen.sql()
                        + " and u.cluster = h.cluster and u.namespace = h.namespace and u.application = h.application)"
                        + " and h.application <> '' and (h.cluster, h.namespace, h.application, h.vulnerability) > (?, ?, ?, ?)"
                        + (fixed ? "" : " and h.fixed is null")
                        + " order by h.cluster, h.namespace, h.application, h.vulnerability limit " + most,
                row -> new Had(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        Words.time(row, "first_seen").orElse(Instant.EPOCH),
                        Words.time(row, "fixed")),
                values.toArray()));
    }

    @Override
    public Optional<Row> ask(Sight sight, Asked asked) {
        boolean byDigest = asked.reference().startsWith("sha256:");
        database.transaction(session -> {
            int waiting = session.one("select count(*) from image_reference where asked", row -> row.getInt(1))
                    .orElse(0);
            if (waiting >= ASKED_MAX) {
                throw new ProblemException(Problem.TOO_MANY, ASKED_MAX + " images that were asked for still wait")
                        .over(ASKED_MAX + " at a time")
                        .retryAfter(BUSY);
            }
            if (!byDigest) {
                int known = session.write(
                        "update image_reference set asked = true, due = now() where reference = ?", asked.reference());
                return known > 0
                        ? known
                        : session.write(
                                "insert into image_reference (reference, platform, due, asked)"
                                        + " values (?, ?, now(), true) on conflict do nothing",
                                asked.reference(),
                                asked.platform());
            }
            session.write("update image set feeds = '' where digest = ?", asked.reference());
            return session.write(
                    "update image_reference set asked = true, due = now() where digest = ?", asked.reference());
        });
        return byDigest ? row(sight, asked.reference()) : reference(sight, asked);
    }

    private Optional<Row> reference(Sight sight, Asked asked) {
        Condition seen = Condition.of(sight, Optional.empty(), "x.");
        List<@Nullable Object> values = new ArrayList<>(seen.values());
        values.add(asked.reference());
        return database.transaction(session -> session.one(
                "select " + COLUMNS + "from (select a.reference, a.platform, (select count(*) from image_use x where"
                        + seen.sql() + " and x.reference = a.reference and x.platform = a.platform) as users"
                        + " from image_reference a where a.reference = ?) u " + JOINS + "order by u.platform limit 1",
                PostgresQuestions::row,
                values.toArray()));
    }
}
