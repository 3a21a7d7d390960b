package io.plimsoll.imagescan.store;

import io.plimsoll.assessment.image.ImageStanding.Doubt;
import io.plimsoll.assessment.image.ImageStanding.Report;
import io.plimsoll.imagescan.flow.Ancestry;
import io.plimsoll.imagescan.flow.Asked;
import io.plimsoll.imagescan.flow.Matched;
import io.plimsoll.imagescan.flow.NotRead;
import io.plimsoll.imagescan.flow.ReadingQueue;
import io.plimsoll.imagescan.flow.Weakness;
import io.plimsoll.kernel.Severity;
import io.plimsoll.scanning.reference.Digest;
import io.plimsoll.store.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
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
    public List<String> secrets(Asked asked) {
        return database.transaction(session -> session.all(
                "select distinct s from image_use, unnest(string_to_array(pull_secrets, ' ')) s"
                        + " where reference = ? and platform = ? and s <> '' order by s limit 100",
                row -> row.getString(1),
                asked.reference(),
                asked.platform()));
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
                        + " where i.digest = next.digest returning i.digest, i.name, i.report, i.missing",
                row -> new Unmatched(row.getString(1), row.getString(2), row.getBytes(3), row.getString(4)),
                feeds,
                before,
                (double) mine.toSeconds()));
    }

    @Override
    public void matched(String feeds, Instant when, List<Found> found) {
        Map<String, byte[]> answers = new HashMap<>();
        List<String> digests = new ArrayList<>();
        found.forEach(each -> {
            digests.add(each.digest());
            answers.put(each.digest(), WeaknessCodec.write(each.matched().weaknesses()));
        });
        database.transaction(session -> {
            Map<String, String> before = new HashMap<>();
            // Most images have the same weaknesses after feeds moved: of these only the moment is written.
            session.all(
                    "select i.digest, encode(sha256(i.answer), 'hex') || ' ' || i.doubt || ' ' || i.doubt_how || ' '"
                            + " || i.critical_name || ' ' || coalesce((i.critical_since at time zone 'UTC')::date::text, '') as said from image i"
                            + " join image_base b on b.digest = i.digest where i.digest = any(?) and i.answer is not null",
                    row -> before.put(row.getString(1), row.getString(2)),
                    digests);
            long moved = moved(session);
            List<String> same = new ArrayList<>();
            for (Found each : found) {
                byte[] answer = answers.getOrDefault(each.digest(), new byte[0]);
                if (said(answer, each.matched()).equals(before.get(each.digest()))) {
                    same.add(each.digest());
                } else {
                    matched(session, each, feeds, when, answer, moved);
                }
            }
            return same.isEmpty()
                    ? 0
                    : session.write(
                            "update image set matched = ?, feeds = ?, taken_until = null, moved = ? where digest = any(?)",
                            when,
                            feeds,
                            moved,
                            same);
        });
    }

    /** As the question for what was said before puts it together. */
    private static String said(byte[] answer, Matched matched) {
        Optional<Map.Entry<String, LocalDate>> listed = listed(matched);
        return Digest.sha256(answer).hex()
                + ' '
                + matched.doubt().map(PostgresQueue::word).orElse("")
                + ' '
                + matched.doubt().map(Doubt::why).orElse("")
                + ' '
                + listed.map(Map.Entry::getKey).orElse("")
                + ' '
                + listed.map(Map.Entry::getValue).map(LocalDate::toString).orElse("");
    }

    private static Optional<Map.Entry<String, LocalDate>> listed(Matched matched) {
        return matched.listed().entrySet().stream().min(Map.Entry.comparingByValue(Comparator.naturalOrder()));
    }

    private static void matched(
            Database.Session session, Found found, String feeds, Instant when, byte[] answer, long moved)
            throws SQLException {
        Matched matched = found.matched();
        Optional<Map.Entry<String, LocalDate>> listed = listed(matched);
        weaknesses(session, found.digest(), when, matched);
        ancestry(session, found.digest(), matched.ancestry());
        session.write(
                "update image set answer = ?, matched = ?, feeds = ?, doubt = ?, doubt_how = ?, critical = ?,"
                        + " high = ?, medium = ?, low = ?, fixable = ?, critical_name = ?, critical_since = ?,"
                        + " taken_until = null, moved = ? where digest = ?",
                answer,
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
                listed.map(day -> day.getValue().atStartOfDay(ZoneOffset.UTC).toInstant())
                        .orElse(null),
                moved,
                found.digest());
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

    /** The repository is the one it was first read from. */
    private static void ancestry(Database.Session session, String digest, Ancestry of) throws SQLException {
        Ancestry.Base base =
                of.base().orElse(new Ancestry.Base("", "", "", "", Optional.empty(), -1, List.of(), List.of()));
        session.write("delete from image_base where digest = ?", digest);
        session.write(
                "insert into image_base (digest, repository, chain, created, found, base_key, base_repository, base_name,"
                        + " base_digest, base_created, base_layers, base_found, base_fixable)"
                        + " select digest, name, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ? from image where digest = ?",
                of.chain(),
                of.created().orElse(null),
                of.found(),
                base.key(),
                base.repository(),
                base.name(),
                base.digest(),
                base.created().orElse(null),
                base.layers(),
                base.found(),
                base.fixable(),
                digest);
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
