package io.plimsoll.scanning.advisory.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.kernel.Severity;
import io.plimsoll.scanning.advisory.Advisory;
import io.plimsoll.scanning.advisory.Affected;
import io.plimsoll.scanning.advisory.FeedState;
import io.plimsoll.scanning.advisory.Standing;
import io.plimsoll.scanning.advisory.VersionRange;
import io.plimsoll.scanning.advisory.VersionRange.Event;
import io.plimsoll.scanning.advisory.VersionRange.Kind;
import io.plimsoll.scanning.advisory.VersionRange.Turn;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

class FeedTest {
    private static final Instant NOW = Instant.parse("2026-11-25T00:00:00Z");

    private static final String GHSA = """
            {"id":"GHSA-1","modified":"2026-11-01T00:00:00Z","aliases":["CVE-2026-1"],"summary":"first",
             "severity":[{"type":"CVSS_V3","score":"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"}],
             "database_specific":{"severity":"MODERATE"},
             "affected":[{"package":{"ecosystem":"PyPI","name":"Some_Thing"},"versions":["1.0"],
               "ranges":[{"type":"ECOSYSTEM","events":[{"introduced":"0"},{"fixed":"2.0"}]}]}]}
            """;

    private final Collected collected = new Collected();

    private Feed feed(FeedState.Kind kind) {
        return new Feed("test", kind, collected, NOW, FeedLimits.DEFAULT);
    }

    private static ByteArrayInputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] zip(String... namesAndContents) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (int i = 0; i < namesAndContents.length; i += 2) {
                zip.putNextEntry(new ZipEntry(namesAndContents[i]));
                zip.write(namesAndContents[i + 1].getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        }
        return out.toByteArray();
    }

    @Test
    void readsARecordOfOsv() throws IOException {
        Feed feed = feed(FeedState.Kind.OSV);
        feed.file("GHSA-1.json", bytes(GHSA));
        FeedState state = feed.end();

        assertThat(collected.advisories).hasSize(1);
        Advisory advisory = collected.advisories.getFirst();
        assertThat(advisory.aliases()).containsExactly("CVE-2026-1");
        assertThat(advisory.score()).isEqualTo(98);
        assertThat(advisory.severity()).contains(Severity.MEDIUM);
        assertThat(advisory.affected().getFirst().name()).isEqualTo("some-thing");
        assertThat(state.records()).isEqualTo(1);
        assertThat(state.complete()).isTrue();
        assertThat(state.age(NOW)).isEqualTo(Duration.ofDays(24));
        assertThat(state.affected()).containsExactly(java.util.Map.entry("PyPI", 1L));
    }

    @Test
    void countsAndNamesWhatIsMalformedAndReadsTheRest() throws IOException {
        Feed feed = feed(FeedState.Kind.OSV);
        feed.archive(
                "all.zip",
                new ByteArrayInputStream(zip(
                        "a.json", "{\"id\":",
                        "b.json", "{\"id\":\"X\",\"affected\":[{\"package\":{\"name\":\"n\"}}]}",
                        "c.json", GHSA,
                        "readme.txt", "no record")));
        FeedState state = feed.end();

        assertThat(state.records()).isEqualTo(1);
        assertThat(state.malformed()).isEqualTo(2);
        assertThat(state.complete()).isTrue();
        assertThat(feed.problems())
                .extracting(FeedProblem::place)
                .containsExactly("all.zip!/a.json", "all.zip!/b.json");
    }

    @Test
    void isIncompleteWhereverTheArchiveIsCutOff() throws IOException {
        byte[] whole = zip("a.json", GHSA, "b.json", GHSA.replace("GHSA-1", "GHSA-2"));
        for (int length = 0; length < whole.length - 22; length++) {
            Feed feed = feed(FeedState.Kind.OSV);
            feed.archive("all.zip", new ByteArrayInputStream(Arrays.copyOf(whole, length)));
            assertThat(feed.end().complete())
                    .as("cut to %d of %d", length, whole.length)
                    .isFalse();
        }
        Feed feed = feed(FeedState.Kind.OSV);
        feed.archive("all.zip", new ByteArrayInputStream(whole));
        assertThat(feed.end().complete()).isTrue();
    }

    @Test
    void stopsAtItsBounds() throws IOException {
        FeedLimits narrow = new FeedLimits(1_000, 2, 10_000, 1, 1);
        Feed feed = new Feed("test", FeedState.Kind.OSV, collected, NOW, narrow);
        feed.archive(
                "all.zip",
                new ByteArrayInputStream(zip(
                        "a.json",
                        "{\"id\":\"" + "x".repeat(2_000) + "\"}",
                        "b.json",
                        GHSA,
                        "c.json",
                        GHSA,
                        "d.json",
                        GHSA)));
        FeedState state = feed.end();
        assertThat(state.records()).isEqualTo(1);
        assertThat(state.malformed()).isEqualTo(1);
        assertThat(state.complete()).isFalse();
        assertThat(feed.problems()).hasSize(1);
    }

    @Test
    void doesNotBelieveDatesInTheFutureOrBeforeTime() throws IOException {
        Feed feed = feed(FeedState.Kind.OSV);
        feed.file("a.json", bytes(GHSA.replace("2026-11-01T00:00:00Z", "2999-01-01T00:00:00Z")));
        feed.file("b.json", bytes(GHSA.replace("2026-11-01T00:00:00Z", "0001-01-01T00:00:00Z")));
        assertThat(feed.end().newest()).isEmpty();
    }

    @Test
    void readsKnownExploitedOnes() throws IOException {
        Feed feed = feed(FeedState.Kind.KNOWN_EXPLOITED);
        feed.file("kev.json", bytes("""
                {"dateReleased":"2026-11-20T00:00:00.1Z","vulnerabilities":[
                 {"cveID":"CVE-2021-44228","dateAdded":"2021-12-10","knownRansomwareCampaignUse":"Known"},
                 {"cveID":"nonsense","dateAdded":"2021-12-10"}]}
                """));
        FeedState state = feed.end();
        assertThat(collected.exploited).hasSize(1);
        assertThat(collected.exploited.getFirst().ransomware()).isTrue();
        assertThat(state.malformed()).isEqualTo(1);
        assertThat(state.age(NOW)).isLessThan(Duration.ofDays(5));
    }

    @Test
    void readsLikelihoodsGzippedOrNot() throws IOException {
        String table = "#model_version:v1,score_date:2026-11-24T00:00:00+0000\n"
                + "cve,epss,percentile\nCVE-2021-44228,0.94358,0.99956\nCVE-2020-1,2,0\n";
        ByteArrayOutputStream gzipped = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(gzipped)) {
            out.write(table.getBytes(StandardCharsets.UTF_8));
        }
        Feed plain = feed(FeedState.Kind.EXPLOIT_LIKELIHOOD);
        plain.file("epss.csv", bytes(table));
        Feed packed = feed(FeedState.Kind.EXPLOIT_LIKELIHOOD);
        packed.file("epss.csv.gz", new ByteArrayInputStream(gzipped.toByteArray()));

        assertThat(collected.likelihoods).hasSize(2).allMatch(row -> row.probability() == 0.94358);
        assertThat(plain.end().malformed()).isEqualTo(1);
        assertThat(packed.end().newest()).contains(Instant.parse("2026-11-24T00:00:00Z"));
    }

    @Test
    void readsNpmsOwnRangesWhereARecordHasNoOthers() throws IOException {
        Feed feed = feed(FeedState.Kind.OSV);
        feed.file("n.json", bytes("""
                {"id":"NSWG-1","affected":[{"package":{"ecosystem":"npm","name":"x"},
                 "database_specific":{"vulnerable_versions":">=1.0.0 <1.2.3 || ~2.1.0"}}]}
                """));
        assertThat(collected.advisories.getFirst().affected().getFirst().ranges())
                .containsExactly(
                        range(new Event(Turn.INTRODUCED, "1.0.0"), new Event(Turn.FIXED, "1.2.3")),
                        range(new Event(Turn.INTRODUCED, "2.1.0"), new Event(Turn.FIXED, "2.2.0-0")));
    }

    private static VersionRange range(Event... events) {
        return new VersionRange(Kind.SEMVER, List.of(events));
    }

    @Test
    void readsKubernetesCuratedList() throws IOException {
        Feed feed = feed(FeedState.Kind.KUBERNETES);
        feed.file("CVE-2024-3177.yaml", bytes("""
                cve: CVE-2024-3177
                published: 2024-04-16T00:00Z
                components: [kube-apiserver]
                cvss: {kubernetes: {vectorV3: "CVSS:3.1/AV:N/AC:L/PR:H/UI:N/S:U/C:L/I:N/A:N"}}
                affected:
                  - range: ">= 1.28, <= 1.28.8"
                    fixedBy: "1.28.9"
                """));
        Advisory advisory = collected.advisories.getFirst();
        assertThat(advisory.score()).isEqualTo(27);
        assertThat(advisory.severity()).contains(Severity.LOW);
        assertThat(advisory.affected())
                .extracting(one -> one.ecosystem() + " " + one.name())
                .containsExactly("Kubernetes kube-apiserver");
        assertThat(feed.end().newest()).contains(Instant.parse("2024-04-16T00:00:00Z"));
    }

    @Test
    void readsWhatADistributorSaysBesideVersions() throws IOException {
        Feed feed = feed(FeedState.Kind.OSV);
        feed.file("d.json", bytes("""
                {"id":"DEBIAN-CVE-1","affected":[
                 {"package":{"ecosystem":"Debian:12","name":"a"},"ecosystem_specific":{"urgency":"unimportant"}},
                 {"package":{"ecosystem":"Debian:12","name":"b"},"ecosystem_specific":{"urgency":"end-of-life"}},
                 {"package":{"ecosystem":"crates.io","name":"c"},"database_specific":{"informational":"unmaintained"}},
                 {"package":{"ecosystem":"Debian:12","name":"d"},"ecosystem_specific":{"urgency":"low"}}]}
                """));
        assertThat(collected.advisories.getFirst().affected())
                .extracting(Affected::standing)
                .containsExactly(Standing.UNIMPORTANT, Standing.END_OF_LIFE, Standing.INFORMATIONAL, Standing.AFFECTED);
    }
}
