package io.plimsoll.imagescan.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.assessment.image.ImageStanding.Answer;
import io.plimsoll.assessment.image.ImageStanding.Doubt;
import io.plimsoll.assessment.image.ImageStanding.RegistrySays;
import io.plimsoll.embedded.EmbeddedParts;
import io.plimsoll.embedded.postgres.DatabaseAccess;
import io.plimsoll.imagescan.flow.Ancestry;
import io.plimsoll.imagescan.flow.Asked;
import io.plimsoll.imagescan.flow.BaseQuestions.Base;
import io.plimsoll.imagescan.flow.ImageKnowledge;
import io.plimsoll.imagescan.flow.Known;
import io.plimsoll.imagescan.flow.Matched;
import io.plimsoll.imagescan.flow.NotRead;
import io.plimsoll.imagescan.flow.ReadingQueue;
import io.plimsoll.imagescan.flow.ReadingQueue.Claim;
import io.plimsoll.imagescan.flow.ReadingQueue.Turn;
import io.plimsoll.imagescan.flow.Sight;
import io.plimsoll.imagescan.flow.Use;
import io.plimsoll.imagescan.flow.Weakness;
import io.plimsoll.kernel.Exposure;
import io.plimsoll.kernel.Lifecycle;
import io.plimsoll.kernel.Severity;
import io.plimsoll.kernel.Source;
import io.plimsoll.kernel.Subject;
import io.plimsoll.kernel.SubjectId;
import io.plimsoll.kernel.SubjectKind;
import io.plimsoll.kernel.Tier;
import io.plimsoll.store.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** The queue, and what is kept of images, in the real database. */
class QueueTest {

    private static final Duration MINE = Duration.ofMinutes(5);
    private final Instant now = Instant.now();
    private static final String DIGEST = "sha256:" + "ab".repeat(32);

    private static final Ancestry NO_BASE = new Ancestry("", Optional.empty(), List.of(), Optional.empty());

    private static final Database DATABASE = database();
    private final PostgresQueue queue = new PostgresQueue(DATABASE);
    private final PostgresKnowledge knowledge = new PostgresKnowledge(DATABASE);

    private static Database database() {
        DatabaseAccess access = EmbeddedParts.infrastructure().postgres().access("image-scan");
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(access.jdbcUrl());
        source.setUser(access.user());
        source.setPassword(access.password());
        source.setCurrentSchema(access.schema());
        Flyway.configure()
                .dataSource(source)
                .schemas(access.schema())
                .locations("db/corridor", "db/images")
                .load()
                .migrate();
        return new Database(source);
    }

    @BeforeEach
    void empty() {
        DATABASE.transaction(session -> session.write(
                "truncate image_use, image_reference, image, image_base, image_weakness, application_weakness"));
    }

    private static Asked asked(String name) {
        return new Asked("registry.example.com/" + name + ":1", "linux/amd64");
    }

    private static Use use(String name, String reference, Exposure exposure) {
        return new Use(
                new Subject(
                        new SubjectId(SubjectKind.IMAGE, "prod", "shop", "Deployment", name, "main"),
                        "green",
                        "shop",
                        Tier.APPLICATION,
                        exposure,
                        Lifecycle.UNSTATED,
                        Set.of(),
                        reference,
                        Source.NONE),
                asked(reference),
                List.of());
    }

    private void runs(Use... uses) {
        List<Use> all = List.of(uses);
        knowledge.replace("prod", all, all.stream().map(Use::asked).toList(), Map.of());
    }

    private List<String> turns() {
        List<String> turns = new ArrayList<>();
        for (Optional<Turn> turn = queue.next(MINE); turn.isPresent(); turn = queue.next(MINE)) {
            turns.add(turn.get().asked().reference());
        }
        return turns;
    }

    private static ReadingQueue.Resolved resolved() {
        return new ReadingQueue.Resolved(
                DIGEST, new Answer.Yes("closed"), new Answer.Open(""), "", RegistrySays.NOTHING);
    }

    private static Matched matched(String... names) {
        List<Weakness> weaknesses = new ArrayList<>();
        for (String name : names) {
            weaknesses.add(new Weakness(
                    name, List.of(), "pkg:npm/a@1", Optional.of(Severity.CRITICAL), "2", false, false, ""));
        }
        return new Matched(weaknesses, Optional.empty(), new TreeMap<>(), NO_BASE);
    }

    private void matched(String feeds, Matched matched) {
        queue.matched(feeds, now, List.of(new ReadingQueue.Found(DIGEST, matched)));
    }

    private Known known() {
        return knowledge
                .of("prod")
                .of(new ImageKnowledge.Question(asked("cart"), "shop", "shop"))
                .orElseThrow();
    }

    @Test
    void exposedComesFirst() {
        runs(use("a", "inner", Exposure.NONE), use("b", "door", Exposure.SHOWN), use("c", "cellar", Exposure.NONE));
        assertThat(turns()).hasSize(3).first().isEqualTo("registry.example.com/door:1");
    }

    @Test
    void aTurnIsOneReadersAtATime() throws InterruptedException, ExecutionException {
        runs(IntStream.range(0, 40)
                .mapToObj(n -> use("w" + n, "image" + n, Exposure.NONE))
                .toArray(Use[]::new));
        List<String> taken = new ArrayList<>();
        List<Callable<List<String>>> reading = Collections.nCopies(8, this::turns);
        try (ExecutorService readers = Executors.newFixedThreadPool(8)) {
            for (Future<List<String>> each : readers.invokeAll(reading)) {
                taken.addAll(each.get());
            }
        }
        assertThat(taken).hasSize(40).doesNotHaveDuplicates();
    }

    @Test
    void whatFailedWaitsAndIsCounted() {
        runs(use("a", "cart", Exposure.NONE));
        assertThat(queue.next(MINE).orElseThrow().attempts()).isZero();
        queue.failed(asked("cart"), Optional.empty(), NotRead.UNREACHABLE, "no route", now.plusSeconds(3_600));
        assertThat(queue.next(MINE)).isEmpty();
        assertThat(queue.failing()).isEqualTo(1);
        assertThat(known().reason()).isEqualTo("unreachable");
        queue.failed(asked("cart"), Optional.empty(), NotRead.UNREACHABLE, "no route", now.minusSeconds(1));
        assertThat(queue.next(MINE).orElseThrow().attempts()).isEqualTo(2);
    }

    @Test
    void whatNobodyRunsAnyMoreIsNotRead() {
        runs(use("a", "cart", Exposure.NONE));
        runs();
        assertThat(queue.next(MINE)).isEmpty();
        assertThat(queue.waiting()).isZero();
    }

    @Test
    void aDigestIsReadOnceWhateverLeadsToIt() {
        assertThat(queue.claim(DIGEST, "linux/amd64", "a", MINE)).isEqualTo(Claim.MINE);
        assertThat(queue.claim(DIGEST, "linux/amd64", "b", MINE)).isEqualTo(Claim.TAKEN);
        // Whoever failed gives it back.
        queue.failed(asked("cart"), Optional.of(DIGEST), NotRead.MALFORMED, "", now);
        assertThat(queue.claim(DIGEST, "linux/amd64", "b", MINE)).isEqualTo(Claim.MINE);
        queue.read(DIGEST, new byte[] {1}, "", "", now);
        assertThat(queue.claim(DIGEST, "linux/amd64", "a", MINE)).isEqualTo(Claim.READ);
    }

    @Test
    void imagesAreMatchedWhenFeedsMoveAndOnceInAWhile() {
        queue.claim(DIGEST, "linux/amd64", "a", MINE);
        assertThat(queue.unmatched("one", now, 10, MINE)).isEmpty();
        queue.read(DIGEST, new byte[] {1}, "", "", now);
        assertThat(queue.unmatched("one", now.minusSeconds(60), 10, MINE)).hasSize(1);
        // It is the first one's for a while.
        assertThat(queue.unmatched("one", now.minusSeconds(60), 10, MINE)).isEmpty();
        matched("one", matched("CVE-1"));
        assertThat(queue.unmatched("one", now.minusSeconds(60), 10, MINE)).isEmpty();
        assertThat(queue.unmatched("two", now.minusSeconds(60), 10, MINE)).hasSize(1);
        matched("two", matched("CVE-1"));
        assertThat(queue.unmatched("two", now.plusSeconds(60), 10, MINE)).hasSize(1);
    }

    @Test
    void whatIsKnownRisesWithEachChangeAndNamesTheClusters() {
        runs(use("a", "cart", Exposure.NONE));
        long before = knowledge.number();
        assertThat(knowledge.movedSince(before)).isEmpty();
        queue.claim(DIGEST, "linux/amd64", "a", MINE);
        queue.read(DIGEST, new byte[] {1}, "", "", now);
        queue.done(asked("cart"), resolved(), now.plusSeconds(60));
        assertThat(knowledge.number()).isGreaterThan(before);
        assertThat(knowledge.movedSince(before)).containsExactly("prod");
        assertThat(known().contents()).isEmpty();
        long resolved = knowledge.number();
        matched("one", new Matched(List.of(), Optional.of(new Doubt.Feeds("none")), new TreeMap<>(), NO_BASE));
        assertThat(knowledge.movedSince(resolved)).containsExactly("prod");
        assertThat(known().contents().orElseThrow().doubt()).contains(new Doubt.Feeds("none"));
    }

    /** A new digest with the old weakness does not make the application's clock begin anew. */
    @Test
    void anApplicationHasAWeaknessSinceItFirstHadIt() {
        runs(use("a", "cart", Exposure.NONE));
        queue.claim(DIGEST, "linux/amd64", "a", MINE);
        queue.read(DIGEST, new byte[] {1}, "", "", now);
        queue.done(asked("cart"), resolved(), now.plusSeconds(60));
        matched("one", matched("CVE-1"));
        DATABASE.transaction(session -> session.write("insert into application_weakness values"
                + " ('prod', 'shop', 'shop', 'CVE-1', '2020-01-01T00:00:00Z', '2020-02-01T00:00:00Z')"));
        knowledge.history("prod");
        assertThat(known().contents().orElseThrow().critical().orElseThrow().since())
                .isEqualTo(Instant.parse("2020-01-01T00:00:00Z"));
        assertThat(open()).containsExactly(true);
        // Gone from the digest, and so from the application.
        matched("two", matched());
        knowledge.history("prod");
        assertThat(known().contents().orElseThrow().critical()).isEmpty();
        assertThat(open()).containsExactly(false);
    }

    private void built(String name, String repository, int day, List<String> found, Ancestry.Base base) {
        String digest = "sha256:" + name.repeat(64).substring(0, 64);
        queue.claim(digest, "linux/amd64", repository, MINE);
        queue.read(digest, new byte[] {1}, "", "", now);
        queue.done(
                asked(name),
                new ReadingQueue.Resolved(digest, new Answer.Open(""), new Answer.Open(""), "", RegistrySays.NOTHING),
                now.plusSeconds(60));
        queue.matched(
                "one",
                now,
                List.of(new ReadingQueue.Found(
                        digest,
                        new Matched(
                                List.of(),
                                Optional.empty(),
                                new TreeMap<>(),
                                new Ancestry("chain-" + name, Optional.of(day(day)), found, Optional.of(base))))));
    }

    private static Instant day(int day) {
        return Instant.parse("2026-01-01T00:00:00Z").plus(Duration.ofDays(day));
    }

    private static Ancestry.Base base(String key, String name, int day, List<String> found, List<String> fixable) {
        return new Ancestry.Base(key, "registry.example.com/base", name, "", Optional.of(day(day)), 2, found, fixable);
    }

    @Test
    void aNewerBaseOfTheSameRepositoryIsComparedWithTheOneInUse() {
        runs(use("a", "a", Exposure.NONE), use("b", "b", Exposure.NONE), use("c", "c", Exposure.NONE));
        Ancestry.Base old =
                base("old", "registry.example.com/base:1", 1, List.of("CVE-1", "CVE-2", "CVE-3"), List.of("CVE-1"));
        built("a", "registry.example.com/a", 9, List.of("CVE-1", "CVE-2", "CVE-3", "CVE-9"), old);
        built("b", "registry.example.com/b", 9, List.of("CVE-1", "CVE-2", "CVE-3"), old);
        built(
                "c",
                "registry.example.com/c",
                9,
                List.of("CVE-3"),
                base("new", "registry.example.com/base:2", 5, List.of("CVE-3", "CVE-4"), List.of()));
        List<Base> bases = new PostgresBases(DATABASE)
                .bases(new Sight(true, Set.of()), Optional.empty())
                .bases();
        assertThat(bases).extracting(Base::key).containsExactly("old", "new");
        Base first = bases.getFirst();
        assertThat(first.images()).isEqualTo(2);
        assertThat(first.applications()).isEqualTo(1);
        assertThat(first.weaknesses()).isEqualTo(3);
        assertThat(first.fixable()).isEqualTo(1);
        assertThat(first.bump().orElseThrow().name()).isEqualTo("registry.example.com/base:2");
        assertThat(first.bump().orElseThrow().mends()).isEqualTo(2);
        assertThat(first.bump().orElseThrow().adds()).isEqualTo(1);
        assertThat(bases.get(1).bump()).isEmpty();
        // A team is told of no base that only others stand on.
        assertThat(new PostgresBases(DATABASE)
                        .bases(new Sight(false, Set.of("red")), Optional.empty())
                        .bases())
                .isEmpty();
        assertThat(new PostgresBases(DATABASE)
                        .bases(new Sight(false, Set.of("green")), Optional.empty())
                        .bases())
                .hasSize(2);
    }

    @Test
    void aBaseThatIsNotNamedIsKnownByItsLayers() {
        runs(use("a", "a", Exposure.NONE));
        built(
                "a",
                "registry.example.com/a",
                9,
                List.of("CVE-1"),
                new Ancestry.Base("chain-d", "", "", "", Optional.of(day(1)), 2, List.of("CVE-1"), List.of()));
        built("d", "registry.example.com/base", 1, List.of("CVE-1"), base("other", "", 0, List.of(), List.of()));
        built("e", "registry.example.com/base", 8, List.of(), base("other", "", 0, List.of(), List.of()));
        Base only = new PostgresBases(DATABASE)
                .bases(new Sight(true, Set.of()), Optional.empty())
                .bases()
                .getFirst();
        assertThat(only.name()).isEqualTo("registry.example.com/base");
        assertThat(only.bump().orElseThrow().mends()).isEqualTo(1);
        assertThat(only.bump().orElseThrow().digest()).startsWith("sha256:eeee");
    }

    @Test
    void whoRunsAnImageNamesItsPullSecrets() {
        Use plain = use("a", "cart", Exposure.NONE);
        Use other = use("b", "cart", Exposure.NONE);
        runs(
                new Use(plain.subject(), plain.asked(), List.of("prod/shop/two", "prod/shop/one")),
                new Use(other.subject(), other.asked(), List.of("prod/shop/one")));
        assertThat(queue.secrets(asked("cart"))).containsExactly("prod/shop/one", "prod/shop/two");
        // Names that are no longer there are forgotten.
        runs(plain, other);
        assertThat(queue.secrets(asked("cart"))).isEmpty();
    }

    /** Whether what the applications had is still there. */
    private static List<Boolean> open() {
        return DATABASE.transaction(
                session -> session.all("select fixed is null from application_weakness", row -> row.getBoolean(1)));
    }
}
