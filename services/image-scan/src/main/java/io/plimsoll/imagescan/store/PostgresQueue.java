package io.plimsoll.imagescan.store;

import io.plimsoll.assessment.image.ImageStanding.Doubt;
import io.plimsoll.assessment.image.ImageStanding.Report;
import io.plimsoll.imagescan.flow.Asked;
import io.plimsoll.imagescan.flow.Matched;
import io.plimsoll.imagescan.flow.NotRead;
import io.plimsoll.imagescan.flow.ReadingQueue;
import io.plimsoll.imagescan.flow.Weakness;
import io.plimsoll.kernel.Severity;
import io.plimsoll.store.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The queue as rows that are locked by who takes them and passed over by everybody else. Any number of replicas. */
@ApplicationScoped
public class PostgresQueue implements ReadingQueue {

    /** Used by somebody, or asked for by name, due, and nobody's. */
    private static final String WAITS = " r.due <= now() and (r.taken_until is null or r.taken_until < now())"
            + " and (r.asked or exists (select 1 from image_use u where u.reference = r.reference"
            + " and u.platform = r.platform))";

    private final Database database;

    public PostgresQueue(Database database) {
        this.database = database;
    }

    @Override
    public Optional<Turn> next(Duration most) {
        return database.transaction(session -> session.one(
                "with first as (select reference, platform from image_reference r where" + WAITS
                        + " order by r.exposed desc, r.asked desc, r.due limit 1 for update skip locked)"
                        + " update image_reference r set taken_until = now() + make_interval(secs => ?) from first"
                        + " where r.reference = first.reference and r.platform = first.platform"
                        + " returning r.reference, r.platform, r.attempts",
                row -> new Turn(new Asked(row.getString(1), row.getString(2)), row.getInt(3)),
                (double) most.toSeconds()));
    }

    @Override
    public Claim claim(String digest, String platform, String name, Duration most) {
        return database.transaction(session -> {
            int mine = session.write(
                    "insert into image (digest, platform, name, taken_until)"
                            + " values (?, ?, ?, now() + make_interval(secs => ?))"
                            + " on conflict (digest) do update set taken_until = excluded.taken_until"
                            + " where image.scanned is null and (image.taken_until is null or image.taken_until < now())",
                    digest,
                    platform,
                    name,
                    (double) most.toSeconds());
            if (mine > 0) {
                return Claim.MINE;
            }
            return session.one(
                                    "select scanned is not null from image where digest = ?",
                                    row -> row.getBoolean(1),
                                    digest)
                            .orElse(false)
                    ? Claim.READ
                    : Claim.TAKEN;
        });
    }

    @Override
    public void read(String digest, byte[] report, String missing, String origin, Instant when) {
        database.transaction(session -> session.write(
                "update image set report = ?, missing = ?, origin = ?, scanned = ?, taken_until = null where digest = ?",
                report,
                missing,
                origin,
                when,
                digest));
    }

    @Override
    public void done(Asked asked, Resolved resolved, Instant again) {
        database.transaction(session -> session.write(
                "update image_reference set digest = ?, reason = '', detail = '', access = ?, access_how = ?,"
                        + " signature = ?, signature_how = ?, provenance = ?, governed = ?, governed_how = ?,"
                        + " registry_scanned = ?, registry_scanner = ?, registry_criticals = ?, blocking = ?,"
                        + " attempts = 0, asked = false, due = ?,"
                        + " taken_until = null, resolved = now(), moved = ? where reference = ? and platform = ?",
                resolved.digest(),
                Words.word(resolved.access()),
                resolved.access().how(),
                Words.word(resolved.signature()),
                resolved.signature().how(),
                resolved.provenance(),
                Words.word(resolved.said().governed()),
                resolved.said().governed().how(),
                resolved.said().report().map(Report::when).orElse(null),
                resolved.said().report().map(Report::by).orElse(""),
                resolved.said().report().map(Report::criticals).orElse(0),
                resolved.said().blocking(),
                again,
                moved(session),
                asked.reference(),
                asked.platform()));
    }

    @Override
    public void failed(Asked asked, Optional<String> digest, NotRead reason, String detail, Instant again) {
        database.transaction(session -> {
            digest.ifPresent(known -> {
                try {
                    session.write("update image set taken_until = null where digest = ? and scanned is null", known);
                } catch (SQLException e) {
                    throw new io.plimsoll.store.Fault(e);
                }
            });
            return session.write(
                    "update image_reference set digest = coalesce(?, digest), reason = ?, detail = ?,"
                            + " attempts = attempts + 1, due = ?, taken_until = null, moved = ?"
                            + " where reference = ? and platform = ?",
                    digest.orElse(null),
                    reason.slug(),
                    detail,
                    again,
                    moved(session),
                    asked.reference(),
                    asked.platform());
        });
    }

    @Override
    public void later(Asked asked, Instant again) {
        database.transaction(session -> session.write(
                "update image_reference set due = ?, taken_until = null where reference = ? and platform = ?",
                again,
                asked.reference(),
                asked.platform()));
    }

    @Override
    public List<Unmatched> unmatched(String feeds, Instant before, int most, Duration mine) {
        return database.transaction(session -> session.all(
                "with next as (select digest from image where scanned is not null"
                        + " and (matched is null or feeds <> ? or matched < ?)"
                        + " and (taken_until is null or taken_until < now())"
                        + " order by matched nulls first limit " + most + " for update skip locked)"
                        + " update image i set taken_until = now() + make_interval(secs => ?) from next"
                        + " where i.digest = next.digest returning i.digest, i.report, i.missing",
                row -> new Unmatched(row.getString(1), row.getBytes(2), row.getString(3)),
                feeds,
                before,
                (double) mine.toSeconds()));
    }

    @Override
    public void matched(String digest, String feeds, Instant when, Matched matched) {
        Optional<Map.Entry<String, LocalDate>> listed =
                matched.listed().entrySet().stream().min(Map.Entry.comparingByValue(Comparator.naturalOrder()));
        database.transaction(session -> {
            weaknesses(session, digest, when, matched);
            return session.write(
                    "update image set answer = ?, matched = ?, feeds = ?, doubt = ?, doubt_how = ?, critical = ?,"
                            + " high = ?, medium = ?, low = ?, fixable = ?, critical_name = ?, critical_since = ?,"
                            + " taken_until = null, moved = ? where digest = ?",
                    WeaknessCodec.write(matched.weaknesses()),
                    when,
                    feeds,
                    matched.doubt().map(PostgresQueue::word).orElse(""),
                    matched.doubt().map(Doubt::why).orElse(""),
                    matched.count(Severity.CRITICAL),
                    matched.count(Severity.HIGH),
                    matched.count(Severity.MEDIUM),
                    matched.count(Severity.LOW),
                    matched.fixable(),
                    listed.map(Map.Entry::getKey).orElse(""),
                    listed.map(day ->
                                    day.getValue().atStartOfDay(ZoneOffset.UTC).toInstant())
                            .orElse(null),
                    moved(session),
                    digest);
        });
    }

    private static String word(Doubt doubt) {
        return switch (doubt) {
            case Doubt.Feeds feeds -> "feeds";
            case Doubt.Parts parts -> "parts";
        };
    }

    private static void weaknesses(Database.Session session, String digest, Instant when, Matched matched)
            throws SQLException {
        Map<String, Boolean> now = new TreeMap<>();
        for (Weakness each : matched.weaknesses()) {
            if (!each.isSetAside()) {
                now.merge(each.id(), each.isFixableCritical(), (a, b) -> a || b);
            }
        }
        session.write(
                "delete from image_weakness where digest = ? and not vulnerability = any(?)", digest, now.keySet());
        List<@Nullable Object[]> rows = new ArrayList<>();
        now.forEach((id, critical) -> rows.add(new @Nullable Object[] {digest, id, critical, when}));
        session.batch(
                "insert into image_weakness (digest, vulnerability, fixable_critical, first_seen) values (?, ?, ?, ?)"
                        + " on conflict (digest, vulnerability) do update set fixable_critical = excluded.fixable_critical"
                        + " where image_weakness.fixable_critical <> excluded.fixable_critical",
                rows);
    }

    /** The next number; whoever has it is alone until they commit, so that numbers become visible in their order. */
    private static long moved(Database.Session session) throws SQLException {
        return session.one("update knowledge set number = number + 1 returning number", row -> row.getLong(1))
                .orElse(0L);
    }

    @Override
    public int waiting() {
        return database.transaction(
                session -> session.one("select count(*) from image_reference r where" + WAITS, row -> row.getInt(1))
                        .orElse(0));
    }

    @Override
    public int failing() {
        return database.transaction(session -> session.one(
                        "select count(*) from image_reference r where r.attempts > 0 and exists"
                                + " (select 1 from image_use u where u.reference = r.reference and u.platform = r.platform)",
                        row -> row.getInt(1))
                .orElse(0));
    }
}
