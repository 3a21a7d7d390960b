package io.plimsoll.scanning.match;

import static io.plimsoll.scanning.match.Packages.DEBIAN_12;
import static io.plimsoll.scanning.match.Packages.deb;
import static io.plimsoll.scanning.match.Packages.distribution;
import static io.plimsoll.scanning.match.Packages.maven;
import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.scanning.advisory.Standing;
import io.plimsoll.scanning.advisory.index.AdvisoryIndex;
import io.plimsoll.scanning.match.PackageAnswer.Outcome;
import io.plimsoll.scanning.pack.Distribution;
import io.plimsoll.scanning.pack.Package;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MatcherTest {

    private static String osv(String id, String ecosystem, String name, String events, String more) {
        return "{\"id\":\"" + id + "\",\"affected\":[{\"package\":{\"ecosystem\":\"" + ecosystem + "\",\"name\":\""
                + name + "\"},\"ranges\":[{\"type\":\"ECOSYSTEM\",\"events\":[" + events + "]}]" + more + "}]}";
    }

    private static final String FROM_0 = "{\"introduced\":\"0\"}";

    private static String before(String version) {
        return FROM_0 + ",{\"fixed\":\"" + version + "\"}";
    }

    private static PackageAnswer ask(AdvisoryIndex index, Package pack, Distribution distribution) throws IOException {
        return Feeds.matcher(index).match(pack, Optional.of(distribution));
    }

    @Test
    void looksUpTheSourcePackageInTheSourcesVersion() throws IOException {
        AdvisoryIndex index = Feeds.of(
                Map.of("osv/Debian", List.of(osv("DSA-1", "Debian:12", "openssl", before("3.0.11-1~deb12u2"), ""))));
        assertThat(ask(index, deb("libssl3", "3.0.11-1~deb12u1+b1", "openssl", "3.0.11-1~deb12u1"), DEBIAN_12)
                        .findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.fixedIn()).contains("3.0.11-1~deb12u2"));
        assertThat(ask(index, deb("libssl3", "3.0.11-1~deb12u2", "openssl", ""), DEBIAN_12)
                        .outcome())
                .isEqualTo(Outcome.NOTHING_KNOWN);
        assertThat(ask(index, deb("openssl", "1", "other", ""), DEBIAN_12).outcome())
                .isEqualTo(Outcome.NOTHING_KNOWN);
    }

    @Test
    void neverReadsAMissingFeedAsNothingFound() throws IOException {
        AdvisoryIndex index = Feeds.of(Map.of("osv/Debian", List.of(osv("D", "Debian:12", "x", FROM_0, ""))));
        PackageAnswer answer = ask(index, maven("g", "a", "1"), DEBIAN_12);
        assertThat(answer.outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(answer.gaps()).extracting(Gap::reason).containsExactly(Gap.Reason.NO_FEED);
    }

    @Test
    void neverReadsAnEmptyFeedAsNothingFound() throws IOException {
        AdvisoryIndex index = Feeds.of(Map.of("osv/Maven", List.of()));
        assertThat(ask(index, maven("g", "a", "1"), DEBIAN_12).gaps())
                .extracting(Gap::reason)
                .containsExactly(Gap.Reason.FEED_EMPTY);
    }

    @Test
    void aMentionInAnotherEcosystemsArchiveIsNoFeed() throws IOException {
        AdvisoryIndex index = Feeds.of(Map.of("osv/npm", List.of(osv("G", "Maven", "g:b", FROM_0, ""))));
        assertThat(ask(index, maven("g", "a", "1"), DEBIAN_12).gaps())
                .extracting(Gap::reason)
                .containsExactly(Gap.Reason.NO_FEED);
        assertThat(ask(index, maven("g", "b", "1"), DEBIAN_12).outcome()).isEqualTo(Outcome.FOUND);
    }

    @Test
    void aStaleFeedFindsButNeverClears() throws IOException {
        AdvisoryIndex index = Feeds.of(Map.of("osv/Maven", List.of(osv("G", "Maven", "g:a", before("2"), ""))));
        Matcher later =
                new Matcher(index, Freshness.at(Feeds.NOW.plus(Duration.ofDays(8))), DistributionLife.builtIn());
        assertThat(later.match(maven("g", "a", "1"), Optional.empty()).outcome())
                .isEqualTo(Outcome.FOUND);
        assertThat(later.match(maven("g", "a", "2"), Optional.empty()).gaps())
                .extracting(Gap::reason)
                .containsExactly(Gap.Reason.FEED_STALE);
        assertThat(Feeds.matcher(index)
                        .match(maven("g", "a", "2"), Optional.empty())
                        .outcome())
                .isEqualTo(Outcome.NOTHING_KNOWN);
    }

    @Test
    void saysWhenTheFeedDoesNotKnowTheRelease() throws IOException {
        AdvisoryIndex index = Feeds.of(Map.of("osv/Debian", List.of(osv("D", "Debian:12", "x", FROM_0, ""))));
        assertThat(ask(index, deb("x", "1", "x", ""), distribution("debian", "13"))
                        .gaps())
                .extracting(Gap::reason)
                .containsExactly(Gap.Reason.RELEASE_NOT_IN_FEED);
        assertThat(ask(index, deb("x", "1", "x", ""), distribution("plan9", "4"))
                        .gaps())
                .extracting(Gap::reason)
                .containsExactly(Gap.Reason.UNKNOWN_DISTRIBUTION);
    }

    @Test
    void saysOutLoudThatADistributionIsPastItsEnd() throws IOException {
        AdvisoryIndex index = Feeds.of(Map.of("osv/Debian", List.of(osv("D", "Debian:10", "x", before("1"), ""))));
        ImageAnswer answer =
                Feeds.matcher(index).match(List.of(deb("y", "1", "y", "")), Optional.of(distribution("debian", "10")));
        assertThat(answer.notices()).extracting(Gap::reason).containsExactly(Gap.Reason.END_OF_LIFE);
        assertThat(answer.notices().getFirst().detail()).isEqualTo("debian 10 was mended until 2024-06-30");
        assertThat(answer.outcome()).isEqualTo(Outcome.UNKNOWN);
    }

    @Test
    void comparesABackportWithTheReleaseItCameFrom() throws IOException {
        AdvisoryIndex index = Feeds.of(Map.of(
                "osv/Debian",
                List.of(
                        osv("DEBIAN-CVE-2026-1", "Debian:11", "curl", FROM_0, ""),
                        osv("DEBIAN-CVE-2026-1", "Debian:12", "curl", before("7.88.1-10"), ""),
                        osv("DEBIAN-CVE-2026-2", "Debian:12", "curl", before("7.88.1-11"), ""))));
        PackageAnswer answer = ask(index, deb("curl", "7.88.1-10~bpo11+1", "curl", ""), distribution("debian", "11"));
        assertThat(answer.findings()).extracting(Finding::vulnerability).contains("CVE-2026-2");
        PackageAnswer mended = ask(index, deb("curl", "7.88.1-12~bpo11+1", "curl", ""), distribution("debian", "11"));
        assertThat(mended.findings()).isEmpty();
    }

    @Test
    void mergesTheAdvisoriesOfOneWeakness() throws IOException {
        AdvisoryIndex index = Feeds.of(Map.of(
                "osv/PyPI",
                List.of(
                        "{\"aliases\":[\"CVE-2026-1\"],"
                                + osv("GHSA-1", "PyPI", "x", before("1.1"), "").substring(1),
                        "{\"aliases\":[\"CVE-2026-1\",\"GHSA-1\"],"
                                + osv("PYSEC-1", "PyPI", "x", before("1.2"), "").substring(1),
                        osv("PYSEC-2", "PyPI", "x", FROM_0, ""))));
        List<Finding> findings = Feeds.matcher(index)
                .match(Packages.of("pkg:pypi/x@1.0"), Optional.empty())
                .findings();
        assertThat(findings).extracting(Finding::vulnerability).containsExactly("CVE-2026-1", "PYSEC-2");
        assertThat(findings.getFirst().advisories()).containsExactly("GHSA-1", "PYSEC-1");
        assertThat(findings.getFirst().fixedIn()).contains("1.2");
        assertThat(findings.getLast().fixedIn()).isEmpty();
    }

    @Test
    void namesEveryWeaknessADistributorsNoticeCovers() throws IOException {
        AdvisoryIndex index = Feeds.of(Map.of(
                "osv/Debian",
                List.of(
                        "{\"upstream\":[\"CVE-2026-1\",\"CVE-2026-2\"],"
                                + osv("DSA-1", "Debian:12", "x", before("2"), "")
                                        .substring(1),
                        "{\"upstream\":[\"CVE-2026-2\"],"
                                + osv("DEBIAN-CVE-2026-2", "Debian:12", "x", before("2"), "")
                                        .substring(1))));
        List<Finding> findings = ask(index, deb("x", "1", "x", ""), DEBIAN_12).findings();
        assertThat(findings).extracting(Finding::vulnerability).containsExactly("CVE-2026-1", "CVE-2026-2");
        assertThat(findings.getLast().advisories()).containsExactly("DEBIAN-CVE-2026-2", "DSA-1");
    }

    @Test
    void keepsTheDistributorsWord() throws IOException {
        AdvisoryIndex index = Feeds.of(Map.of(
                "osv/Debian",
                List.of(
                        osv(
                                "DEBIAN-CVE-2026-1",
                                "Debian:12",
                                "x",
                                FROM_0,
                                ",\"ecosystem_specific\":{\"urgency\":\"unimportant\"}"),
                        osv(
                                "DEBIAN-CVE-2026-2",
                                "Debian:12",
                                "x",
                                FROM_0,
                                ",\"ecosystem_specific\":{\"urgency\":\"end-of-life\"}"),
                        osv("DEBIAN-CVE-2026-3", "Debian:12", "x", before("0"), ""))));
        assertThat(ask(index, deb("x", "1", "x", ""), DEBIAN_12).findings())
                .extracting(finding -> finding.vulnerability() + " " + finding.standing())
                .containsExactly("CVE-2026-1 " + Standing.UNIMPORTANT, "CVE-2026-2 " + Standing.END_OF_LIFE);
    }

    @Test
    void setsAsideWhatIsNoWeakness() throws IOException {
        AdvisoryIndex index = Feeds.of(Map.of(
                "osv/crates.io",
                List.of(osv(
                        "RUSTSEC-1",
                        "crates.io",
                        "x",
                        FROM_0,
                        ",\"database_specific\":{\"informational\":\"unmaintained\"}"))));
        PackageAnswer answer = Feeds.matcher(index).match(Packages.of("pkg:cargo/x@1.0.0"), Optional.empty());
        assertThat(answer.findings()).isEmpty();
        assertThat(answer.setAside()).extracting(SetAside::why).containsExactly(SetAside.Why.INFORMATIONAL);
    }

    @Test
    void judgesFilesOfADistributionPackageWithThatPackage() throws IOException {
        AdvisoryIndex index = Feeds.of(Map.of("osv/PyPI", List.of(osv("PYSEC-1", "PyPI", "x", FROM_0, ""))));
        PackageAnswer answer = Feeds.matcher(index)
                .match(Packages.ownedBy(Packages.of("pkg:pypi/x@1.0"), "python3-x"), Optional.of(DEBIAN_12));
        assertThat(answer.outcome()).isEqualTo(Outcome.JUDGED_WITH_OWNER);
        assertThat(answer.judgedWith()).contains("python3-x");
    }

    @Test
    void answersUnknownForAVersionItCannotRead() throws IOException {
        AdvisoryIndex index =
                Feeds.of(Map.of("osv/Go", List.of(osv("GO-1", "Go", "example.org/x", before("1.0.0"), ""))));
        PackageAnswer answer =
                Feeds.matcher(index).match(Packages.of("pkg:golang/example.org/x@(devel)"), Optional.empty());
        assertThat(answer.outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(answer.gaps()).extracting(Gap::reason).containsExactly(Gap.Reason.VERSION_UNREADABLE);
        assertThat(Feeds.matcher(index)
                        .match(Packages.of("pkg:golang/example.org/y@(devel)"), Optional.empty())
                        .outcome())
                .as("nothing is said of it in any version")
                .isEqualTo(Outcome.NOTHING_KNOWN);
    }

    @Test
    void doesNotGuessWithoutAVersionOrAGroup() throws IOException {
        Matcher matcher = Feeds.matcher(Feeds.of(Map.of("osv/Maven", List.of(osv("G", "Maven", "g:a", FROM_0, "")))));
        assertThat(matcher.match(Packages.of("pkg:maven/g/a"), Optional.empty()).gaps())
                .extracting(Gap::reason)
                .containsExactly(Gap.Reason.NO_VERSION);
        Package archive = new Package(
                Packages.of("pkg:generic/a@1").purl(),
                io.plimsoll.scanning.pack.PackageKind.JAVA_ARCHIVE,
                Optional.empty(),
                List.of(),
                Packages.of("pkg:generic/a@1").occurrences(),
                Optional.empty());
        assertThat(matcher.match(archive, Optional.empty()).gaps())
                .extracting(Gap::reason)
                .containsExactly(Gap.Reason.NO_GROUP);
    }

    @Test
    void leavesRangesOfCommitsUndecidedUnlessTheCommitIsNamed() throws IOException {
        String fix = "0123456789abcdef0123456789abcdef01234567";
        AdvisoryIndex index = Feeds.of(Map.of(
                "osv/PyPI",
                List.of("{\"id\":\"P\",\"affected\":[{\"package\":{\"ecosystem\":\"PyPI\",\"name\":\"x\"},\"ranges\":["
                        + "{\"type\":\"GIT\",\"events\":[{\"introduced\":\"0\"},{\"fixed\":\"" + fix + "\"}]}]}]}")));
        assertThat(Feeds.matcher(index)
                        .match(Packages.of("pkg:pypi/x@1.0"), Optional.empty())
                        .gaps())
                .extracting(Gap::reason)
                .containsExactly(Gap.Reason.ADVISORY_UNDECIDED);
        assertThat(Feeds.matcher(index)
                        .match(Packages.of("pkg:pypi/x@" + fix), Optional.empty())
                        .outcome())
                .isEqualTo(Outcome.NOTHING_KNOWN);
    }

    @Test
    void saysThatExploitationIsNotKnownWithoutACatalogue() throws IOException {
        AdvisoryIndex index = Feeds.of(Map.of("osv/Maven", List.of(osv("G", "Maven", "g:a", FROM_0, ""))));
        assertThat(Feeds.matcher(index)
                        .match(maven("g", "a", "1"), Optional.empty())
                        .findings())
                .extracting(Finding::exploitation)
                .allMatch(Exploitation.Unknown.class::isInstance);
    }
}
