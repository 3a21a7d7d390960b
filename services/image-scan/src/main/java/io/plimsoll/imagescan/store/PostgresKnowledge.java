package io.plimsoll.imagescan.store;

import io.plimsoll.assessment.image.ImageStanding.Critical;
import io.plimsoll.assessment.image.ImageStanding.Doubt;
import io.plimsoll.imagescan.flow.Asked;
import io.plimsoll.imagescan.flow.ImageKnowledge;
import io.plimsoll.imagescan.flow.Known;
import io.plimsoll.imagescan.flow.Use;
import io.plimsoll.kernel.Subject;
import io.plimsoll.kernel.SubjectId;
import io.plimsoll.store.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A cluster's uses, written by difference, and what is known for them, in one question. */
@ApplicationScoped
public class PostgresKnowledge implements ImageKnowledge {

    private static final String OF_CLUSTER = """
            select u.reference, u.platform, u.namespace, u.application, r.digest, r.reason, r.detail, r.access, r.access_how,
                   r.signature, r.signature_how, r.provenance, r.governed, r.governed_how, r.registry_scanned,
                   r.registry_scanner, r.registry_criticals, r.blocking, i.matched, i.doubt, i.doubt_how, i.origin,
                   i.critical_name, i.critical_since, c.vulnerability, c.first_seen
            from (select distinct reference, platform, namespace, application from image_use where cluster = ?) u
            join image_reference r on r.reference = u.reference and r.platform = u.platform
            left join image i on i.digest = r.digest
            left join lateral (
                select w.vulnerability, least(w.first_seen, a.first_seen) as first_seen
                from image_weakness w
                left join application_weakness a on a.cluster = ? and a.namespace = u.namespace
                    and a.application = u.application and a.vulnerability = w.vulnerability
                where w.digest = r.digest and w.fixable_critical
                order by 2, 1 limit 1) c on true""";

    private static final String OF_APPLICATIONS = """
            with present as (
                select distinct u.namespace, u.application, w.vulnerability
                from image_use u
                join image_reference r on r.reference = u.reference and r.platform = u.platform
                join image_weakness w on w.digest = r.digest
                where u.cluster = ?) """;

    /** Only what is missing: most of it is there already, each time. */
    private static final String FRESH = OF_APPLICATIONS + """
            insert into application_weakness (cluster, namespace, application, vulnerability, first_seen)
            select ?, p.namespace, p.application, p.vulnerability, now() from present p
            where not exists (select 1 from application_weakness h where h.cluster = ? and h.namespace = p.namespace
                and h.application = p.application and h.vulnerability = p.vulnerability)
            on conflict do nothing""";

    private static final String AGAIN = OF_APPLICATIONS + """
            update application_weakness h set fixed = null from present p
            where h.cluster = ? and h.fixed is not null and h.namespace = p.namespace
              and h.application = p.application and h.vulnerability = p.vulnerability""";

    /** Gone only where everything the application runs was looked through. */
    private static final String GONE = """
            update application_weakness h set fixed = now()
            where h.cluster = ? and h.fixed is null
              and not exists (
                select 1 from image_use u
                join image_reference r on r.reference = u.reference and r.platform = u.platform
                join image_weakness w on w.digest = r.digest
                where u.cluster = h.cluster and u.namespace = h.namespace and u.application = h.application
                  and w.vulnerability = h.vulnerability)
              and not exists (
                select 1 from image_use u
                left join image_reference r on r.reference = u.reference and r.platform = u.platform
                left join image i on i.digest = r.digest
                where u.cluster = h.cluster and u.namespace = h.namespace and u.application = h.application
                  and (i.matched is null or i.doubt <> ''))""";

    private final Database database;

    public PostgresKnowledge(Database database) {
        this.database = database;
    }

    @Override
    public long number() {
        return database.transaction(session -> session.one("select number from knowledge", row -> row.getLong(1))
                .orElse(0L));
    }

    @Override
    public List<String> movedSince(long number) {
        return database.transaction(session -> session.all("""
                select distinct u.cluster from image_use u
                join image_reference r on r.reference = u.reference and r.platform = u.platform
                left join image i on i.digest = r.digest
                where r.moved > ? or i.moved > ?""", row -> row.getString(1), number, number));
    }

    @Override
    public Set<String> billed(Collection<String> digests) {
        return digests.isEmpty()
                ? Set.of()
                : new HashSet<>(database.transaction(session -> session.all(
                        "select digest from image where bill <> '' and digest = any(?)",
                        row -> row.getString(1),
                        digests)));
    }

    private record Row(
            String namespace,
            String object,
            String name,
            String container,
            Asked asked,
            String team,
            String application,
            boolean exposed,
            String secrets) {

        static Row of(Use use) {
            Subject subject = use.subject();
            SubjectId id = subject.id();
            return new Row(
                    id.namespace(),
                    id.object(),
                    id.name(),
                    id.container(),
                    use.asked(),
                    subject.team(),
                    subject.application(),
                    subject.exposure().countsForSecurity(),
                    String.join(" ", use.secrets()));
        }

        static Row read(ResultSet row) throws SQLException {
            return new Row(
                    row.getString("namespace"),
                    row.getString("object"),
                    row.getString("name"),
                    row.getString("container"),
                    new Asked(row.getString("reference"), row.getString("platform")),
                    row.getString("team"),
                    row.getString("application"),
                    row.getBoolean("exposed"),
                    row.getString("pull_secrets"));
        }
    }

    @Override
    public void replace(String cluster, List<Use> uses, Collection<Asked> connected, Map<Asked, String> billed) {
        Set<Row> now = new HashSet<>();
        uses.forEach(use -> now.add(Row.of(use)));
        database.transaction(session -> {
            Set<Row> before =
                    new HashSet<>(session.all("select * from image_use where cluster = ?", Row::read, cluster));
            List<Row> gone = before.stream().filter(row -> !now.contains(row)).toList();
            List<Row> fresh = now.stream().filter(row -> !before.contains(row)).toList();
            session.batch(
                    "delete from image_use where cluster = ? and namespace = ? and object = ? and name = ?"
                            + " and container = ? and reference = ? and platform = ?",
                    values(cluster, gone, false));
            session.batch(
                    "insert into image_use (cluster, namespace, object, name, container, reference, platform, team,"
                            + " application, exposed, pull_secrets) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    values(cluster, fresh, true));
            queue(session, connected, billed);
            Set<String> touched = new TreeSet<>();
            gone.forEach(row -> touched.add(row.asked().reference()));
            fresh.forEach(row -> touched.add(row.asked().reference()));
            if (!touched.isEmpty()) {
                session.write("""
                        update image_reference r set exposed = coalesce((select bool_or(u.exposed) from image_use u
                            where u.reference = r.reference and u.platform = r.platform), false)
                        where r.reference = any(?)""", touched);
            }
            return before.size();
        });
    }

    private static void queue(Database.Session session, Collection<Asked> connected, Map<Asked, String> billed)
            throws SQLException {
        List<String> references = new ArrayList<>();
        List<String> platforms = new ArrayList<>();
        connected.forEach(asked -> {
            references.add(asked.reference());
            platforms.add(asked.platform());
        });
        if (!references.isEmpty()) {
            session.write(
                    "insert into image_reference (reference, platform, due)"
                            + " select r, p, now() from unnest(?, ?) as t(r, p) on conflict do nothing",
                    references,
                    platforms);
        }
        List<String> names = new ArrayList<>();
        List<String> digests = new ArrayList<>();
        List<String> systems = new ArrayList<>();
        billed.forEach((asked, digest) -> {
            names.add(asked.reference());
            systems.add(asked.platform());
            digests.add(digest);
        });
        if (!names.isEmpty()) {
            session.write(
                    "insert into image_reference (reference, platform, digest, reason, access_how, due, resolved)"
                            + " select r, p, d, '', 'its registry was not asked', 'infinity'::timestamptz, now()"
                            + " from unnest(?, ?, ?) as t(r, p, d) on conflict do nothing",
                    names,
                    systems,
                    digests);
        }
    }

    private static List<@Nullable Object[]> values(String cluster, List<Row> rows, boolean whole) {
        List<@Nullable Object[]> values = new ArrayList<>();
        for (Row row : rows) {
            List<Object> all = new ArrayList<>(List.of(
                    cluster,
                    row.namespace(),
                    row.object(),
                    row.name(),
                    row.container(),
                    row.asked().reference(),
                    row.asked().platform()));
            if (whole) {
                all.addAll(List.of(row.team(), row.application(), row.exposed(), row.secrets()));
            }
            values.add(all.toArray());
        }
        return values;
    }

    @Override
    public void history(String cluster) {
        database.transaction(session -> {
            session.write(FRESH, cluster, cluster, cluster);
            session.write(AGAIN, cluster, cluster);
            return session.write(GONE, cluster);
        });
    }

    @Override
    public Answers of(String cluster) {
        Map<Question, Known> known = new HashMap<>();
        database.transaction(session -> session.all(
                OF_CLUSTER,
                row -> known.put(
                        new Question(
                                new Asked(row.getString("reference"), row.getString("platform")),
                                row.getString("namespace"),
                                row.getString("application")),
                        known(row)),
                cluster,
                cluster));
        return question -> Optional.ofNullable(known.get(question));
    }

    private static Known known(ResultSet row) throws SQLException {
        Optional<Instant> matched = Words.time(row, "matched");
        Optional<Known.Contents> contents = matched.isEmpty()
                ? Optional.empty()
                : Optional.of(new Known.Contents(
                        matched.get(),
                        doubt(row.getString("doubt"), row.getString("doubt_how")),
                        critical(row),
                        row.getString("origin")));
        return new Known(
                Optional.ofNullable(row.getString("digest")),
                row.getString("reason"),
                row.getString("detail"),
                Words.read(row.getString("access"), row.getString("access_how")),
                Words.read(row.getString("signature"), row.getString("signature_how")),
                row.getString("provenance"),
                Words.said(row),
                contents);
    }

    private static Optional<Doubt> doubt(String word, String how) {
        return switch (word) {
            case "feeds" -> Optional.of(new Doubt.Feeds(how));
            case "parts" -> Optional.of(new Doubt.Parts(how));
            default -> Optional.empty();
        };
    }

    /** The day a weakness was listed as exploited was before it was first seen here, or after: the earlier counts. */
    private static Optional<Critical> critical(ResultSet row) throws SQLException {
        Optional<Instant> first = Words.time(row, "first_seen");
        Optional<Instant> listed = Words.time(row, "critical_since");
        if (first.isEmpty()) {
            return Optional.empty();
        }
        return listed.isPresent() && listed.get().isBefore(first.get())
                ? Optional.of(new Critical(row.getString("critical_name"), listed.get()))
                : Optional.of(new Critical(row.getString("vulnerability"), first.get()));
    }
}
