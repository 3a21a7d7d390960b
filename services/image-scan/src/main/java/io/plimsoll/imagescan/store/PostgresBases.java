package io.plimsoll.imagescan.store;

import io.plimsoll.assessment.scope.ScopeKey;
import io.plimsoll.imagescan.flow.BaseQuestions;
import io.plimsoll.imagescan.flow.Sight;
import io.plimsoll.scanning.match.BaseBump;
import io.plimsoll.store.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Bases as groups of images; what newer ones there are is asked once for all of them. */
@ApplicationScoped
public class PostgresBases implements BaseQuestions {

    /** Newest candidates looked at for one repository. */
    private static final int CANDIDATES_MAX = 50;

    /** Digests in use by whom the condition lets through, with who runs them. */
    private static final String USED = """
            with used as (
                select r.digest, u.cluster, u.namespace, u.application from image_use u
                join image_reference r on r.reference = u.reference and r.platform = u.platform
                where r.digest is not null and""";

    private static final String GROUPS = """
            ), groups as (
                select b.base_key, max(b.base_repository) as repository, max(b.base_name) as name,
                       max(b.base_digest) as base_digest, max(b.base_created) as created, max(b.base_layers) as layers,
                       count(distinct b.digest) as images,
                       count(distinct (x.cluster, x.namespace, x.application)) filter (where x.application <> '') as applications
                from used x join image_base b on b.digest = x.digest where b.base_key <> ''
                group by b.base_key order by images desc, b.base_key limit %d
            )
            select g.*, coalesce(s.repository, '') as self, coalesce(s.digest, '') as self_digest, s.created as self_created,
                   (select coalesce(array_agg(distinct w), '{}') from image_base b, unnest(b.base_found) w
                    where b.base_key = g.base_key and b.digest in (select digest from used)) as found,
                   (select coalesce(array_agg(distinct w), '{}') from image_base b, unnest(b.base_fixable) w
                    where b.base_key = g.base_key and b.digest in (select digest from used)) as fixable
            from groups g
            left join lateral (select i.repository, i.digest, i.created from image_base i where i.chain = g.base_key
                               order by i.digest limit 1) s on true""".formatted(BASES_MAX);

    /** Images of the repository itself, and bases that other images stand on. */
    private static final String CANDIDATES = """
            select * from (
                select repository as of, repository as name, digest, created, found,
                       row_number() over (partition by repository order by created desc, digest) as n
                from image_base where repository = any(?) and created is not null%s
            ) a where n <= %d
            union all select * from (
                select base_repository as of, base_name as name, base_digest as digest, base_created as created,
                       base_found as found,
                       row_number() over (partition by base_repository order by base_created desc, digest) as n
                from image_base where base_repository = any(?) and base_created is not null and base_layers > 0%s
            ) b where n <= %d""";

    private final Database database;

    public PostgresBases(Database database) {
        this.database = database;
    }

    private record Group(
            String key,
            String repository,
            String name,
            String digest,
            Optional<Instant> created,
            int layers,
            int images,
            int applications,
            Set<String> found,
            Set<String> fixable) {}

    @Override
    public Bases bases(Sight sight, Optional<ScopeKey> scope) {
        Condition seen = Condition.of(sight, scope, "u.");
        Object[] values = seen.values().toArray();
        return database.transaction(session -> {
            List<Group> groups = session.all(USED + seen.sql() + GROUPS, PostgresBases::group, values);
            int without = session.one(
                            USED + seen.sql() + ") select count(distinct x.digest) from used x left join image_base b"
                                    + " on b.digest = x.digest where coalesce(b.base_key, '') = ''",
                            row -> row.getInt(1),
                            values)
                    .orElse(0);
            Map<String, List<BaseBump.Candidate>> candidates = candidates(session, sight, groups);
            List<Base> bases = new ArrayList<>();
            groups.forEach(group -> bases.add(base(group, candidates.getOrDefault(group.repository(), List.of()))));
            bases.sort(Comparator.comparing((Base each) -> -mended(each))
                    .thenComparing(each -> -(long) each.weaknesses() * each.applications())
                    .thenComparing(Base::name)
                    .thenComparing(Base::key));
            return new Bases(bases, without);
        });
    }

    private static long mended(Base base) {
        return base.bump().map(BaseBump::mends).orElse(0) * (long) base.applications();
    }

    private static Group group(ResultSet row) throws SQLException {
        boolean named = !row.getString("name").isEmpty();
        // Not named by who built on it, but an image of just these layers was read.
        String self = row.getString("self");
        Optional<Instant> created = Words.time(row, "created");
        return new Group(
                row.getString("base_key"),
                named ? row.getString("repository") : self,
                named ? row.getString("name") : self,
                row.getString("base_digest").isEmpty() && !self.isEmpty()
                        ? row.getString("self_digest")
                        : row.getString("base_digest"),
                created.isPresent() ? created : Words.time(row, "self_created"),
                row.getInt("layers"),
                row.getInt("images"),
                row.getInt("applications"),
                texts(row.getArray("found")),
                texts(row.getArray("fixable")));
    }

    private static Set<String> texts(Array array) throws SQLException {
        return array.getArray() instanceof String[] texts ? new HashSet<>(Arrays.asList(texts)) : Set.of();
    }

    /** Who sees only their teams' images is told of no base that only others stand on. */
    private static Map<String, List<BaseBump.Candidate>> candidates(
            Database.Session session, Sight sight, List<Group> groups) throws SQLException {
        Set<String> repositories = new HashSet<>();
        groups.stream().map(Group::repository).filter(name -> !name.isEmpty()).forEach(repositories::add);
        Map<String, List<BaseBump.Candidate>> candidates = new HashMap<>();
        if (repositories.isEmpty()) {
            return candidates;
        }
        String theirs = sight.all()
                ? ""
                : " and exists (select 1 from image_reference r join image_use u on u.reference = r.reference"
                        + " and u.platform = r.platform where r.digest = image_base.digest and u.team = any(?))";
        List<@Nullable Object> values = new ArrayList<>();
        for (int half = 0; half < 2; half++) {
            values.add(repositories);
            if (!sight.all()) {
                values.add(sight.teams());
            }
        }
        session.all(
                CANDIDATES.formatted(theirs, CANDIDATES_MAX, theirs, CANDIDATES_MAX),
                row -> candidates
                        .computeIfAbsent(row.getString("of"), of -> new ArrayList<>())
                        .add(new BaseBump.Candidate(
                                row.getString("name"),
                                row.getString("digest"),
                                Words.time(row, "created").orElse(Instant.EPOCH),
                                texts(row.getArray("found")))),
                values.toArray());
        return candidates;
    }

    private static Base base(Group group, List<BaseBump.Candidate> candidates) {
        boolean told = group.layers() > 0;
        return new Base(
                group.key(),
                group.name(),
                group.digest(),
                group.created(),
                group.images(),
                group.applications(),
                group.found().size(),
                group.fixable().size(),
                told,
                told && group.created().isPresent()
                        ? BaseBump.best(group.created().get(), group.found(), candidates)
                        : Optional.empty());
    }
}
