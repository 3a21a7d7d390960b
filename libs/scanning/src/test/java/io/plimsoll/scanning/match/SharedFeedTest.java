package io.plimsoll.scanning.match;

import static io.plimsoll.scanning.match.Packages.DEBIAN_12;
import static io.plimsoll.scanning.match.Packages.deb;
import static io.plimsoll.scanning.match.Packages.distribution;
import static io.plimsoll.scanning.match.Packages.maven;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.plimsoll.scanning.advisory.Ecosystem;
import io.plimsoll.scanning.advisory.index.AdvisoryIndex;
import io.plimsoll.scanning.document.Documents;
import io.plimsoll.scanning.document.Node;
import io.plimsoll.scanning.pack.Package;
import io.plimsoll.testing.Fixtures;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;

/** The shared feed, real and partial, against what others recorded. */
class SharedFeedTest {

    @Test
    void readsEveryRecordOfTheFeed() throws IOException {
        assertThat(Feeds.shared().feeds())
                .extracting(feed -> feed.name() + " " + feed.records() + " " + feed.withdrawn() + " " + feed.malformed()
                        + " " + feed.complete())
                .containsExactly(
                        "osv/Alpine 2443 0 0 true",
                        "osv/Debian 6043 0 0 true",
                        "osv/Go 4291 17 0 true",
                        "osv/Maven 546 0 0 true",
                        "osv/PyPI 2661 10 0 true",
                        "osv/crates.io 1206 13 0 true",
                        "osv/npm 467 0 0 true",
                        "kev 1404 0 0 true",
                        "csaf 18 0 0 true",
                        "osv/Ubuntu 6 2 0 true",
                        "kubernetes 62 0 0 true");
    }

    @Test
    void marksLog4ShellAsExploited() throws IOException {
        PackageAnswer answer = Feeds.matcher(Feeds.shared())
                .match(maven("org.apache.logging.log4j", "log4j-core", "2.14.1"), Optional.empty());
        assertThat(answer.findings())
                .extracting(Finding::vulnerability)
                .containsExactly("CVE-2021-44228", "CVE-2021-44832", "CVE-2021-45046", "CVE-2021-45105");
        Finding shell = answer.findings().getFirst();
        assertThat(shell.advisories()).containsExactly("GHSA-jfh8-c2jp-5v3q", "PROJECTKB-CVE-2021-44228");
        assertThat(shell.exploitation())
                .isInstanceOfSatisfying(
                        Exploitation.Known.class,
                        known -> assertThat(known.row().added()).isEqualTo("2021-12-10"));
        assertThat(shell.fixedIn()).contains("2.15.0");
    }

    /** The identities in the archives of the demonstration image, against the partial feed of Maven. */
    @Test
    void findsWhatTheDemonstrationImageHolds() throws IOException {
        Matcher matcher = Feeds.matcher(Feeds.shared());
        Map<String, Integer> found = new TreeMap<>();
        int asked = 0;
        for (String line : demoIdentities()) {
            String[] identity = line.split(":");
            asked++;
            int findings = matcher.match(maven(identity[0], identity[1], identity[2]), Optional.empty())
                    .findings()
                    .size();
            if (findings > 0) {
                found.put(line, findings);
            }
        }
        assertThat(asked).isEqualTo(263);
        assertThat(found)
                .hasSize(12)
                .containsEntry("com.fasterxml.jackson.core:jackson-databind:2.9.7", 33)
                .containsEntry("com.fasterxml.jackson.core:jackson-databind:2.9.8", 30)
                .containsEntry("org.apache.logging.log4j:log4j-core:2.11.1", 5)
                .containsEntry("org.apache.logging.log4j:log4j-core:2.14.1", 4)
                .containsEntry("org.apache.commons:commons-text:1.9", 1);
        assertThat(found.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(80);
    }

    private static List<String> demoIdentities() throws IOException {
        try (InputStream in = SharedFeedTest.class.getResourceAsStream("demo-image-maven.txt")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        }
    }

    /** Each derived record says the last version that was not mended and the first that is: both sides of each backport. */
    @Test
    void knowsEveryBackportOfDebian12() throws IOException {
        Matcher matcher = Feeds.matcher(Feeds.shared());
        int asked = 0;
        for (Node record : records("Debian")) {
            String last = record.get("database_specific").text("last_unfixed_in_changelog");
            if (last.isEmpty()) {
                continue;
            }
            Node affected = record.get("affected").items().getFirst();
            String name = affected.get("package").text("name");
            String fixed = affected.get("ranges")
                    .items()
                    .getFirst()
                    .get("events")
                    .items()
                    .get(1)
                    .text("fixed");
            String cve = record.get("upstream").items().getFirst().text();
            assertThat(matcher.match(deb(name, last, name, last), Optional.of(DEBIAN_12))
                            .findings())
                    .as("%s %s", name, last)
                    .anyMatch(finding ->
                            finding.isCalled(cve) && finding.fixedIn().isPresent());
            assertThat(matcher.match(deb(name, fixed, name, fixed), Optional.of(DEBIAN_12))
                            .findings())
                    .as("%s %s", name, fixed)
                    .noneMatch(finding -> finding.isCalled(cve));
            asked++;
        }
        assertThat(asked).isEqualTo(191);
    }

    @Test
    void agreesWithTheKubernetesOracle() throws IOException {
        Path table = shared("config/k8s-cve").resolve("version-oracle.tsv");
        Matcher matcher = Feeds.matcher(Feeds.shared());
        int asked = 0;
        for (String line : Files.readAllLines(table)) {
            String[] fields = line.split("\t", -1);
            if (fields[0].equals("component")) {
                continue;
            }
            Set<String> expected = fields[2].isEmpty() ? Set.of() : new TreeSet<>(List.of(fields[2].split(",")));
            Package component = Packages.of("pkg:k8s/" + fields[0] + "@" + fields[1].replace("+", "%2B"));
            Set<String> found = matcher.match(component, Optional.empty()).findings().stream()
                    .map(Finding::vulnerability)
                    .collect(Collectors.toCollection(TreeSet::new));
            assertThat(found).as("%s %s", fields[0], fields[1]).isEqualTo(expected);
            asked++;
        }
        assertThat(asked).isEqualTo(72);
    }

    /**
     * osv.dev's recorded answers: of the records we hold, those it names for a version are found and no others are, but
     * for records it does not import and for Go's that were filed after the recording.
     */
    @Test
    void agreesWithRecordedAnswers() throws IOException {
        AdvisoryIndex index = Feeds.shared();
        Matcher matcher = Feeds.matcher(index);
        Node recorded;
        try (InputStream in = Files.newInputStream(shared("image/osv-answers").resolve("osv-scanner-cassettes.json"))) {
            recorded = Documents.json(in);
        }
        String lastOfGo = recorded.items().stream()
                .flatMap(answer -> answer.get("ids").items().stream())
                .map(Node::text)
                .filter(id -> id.startsWith("GO-"))
                .max(Comparator.naturalOrder())
                .orElseThrow();
        List<String> differing = new ArrayList<>();
        int asked = 0;
        int shared = 0;
        for (Node answer : recorded.items()) {
            Optional<Package> pack = pack(answer);
            if (pack.isEmpty()) {
                continue;
            }
            Ecosystem ecosystem = Ecosystem.of(answer.text("ecosystem"));
            Set<String> held = new TreeSet<>();
            for (AdvisoryIndex.Entry entry : index.entries(ecosystem, answer.text("name"))) {
                held.add(index.advisory(entry.place()).id());
            }
            Set<String> said =
                    answer.get("ids").items().stream().map(Node::text).collect(Collectors.toSet());
            Set<String> expected = new TreeSet<>(said);
            expected.retainAll(held);
            Set<String> found = matcher
                    .match(
                            pack.get(),
                            Optional.of(distribution(
                                    ecosystem.base().toLowerCase(java.util.Locale.ROOT), ecosystem.release())))
                    .findings()
                    .stream()
                    .flatMap(finding -> finding.advisories().stream())
                    .filter(id -> !id.startsWith("PROJECTKB-") && !(id.startsWith("GO-") && id.compareTo(lastOfGo) > 0))
                    .collect(Collectors.toCollection(TreeSet::new));
            asked++;
            shared += expected.size();
            if (!found.equals(expected)) {
                differing.add(ecosystem + " " + answer.text("name") + " " + answer.text("version") + ": we say " + found
                        + ", recorded of ours " + expected);
            }
        }
        assertThat(differing).isEmpty();
        assertThat(asked).isEqualTo(248);
        assertThat(shared).isEqualTo(34);
    }

    private static Optional<Package> pack(Node answer) {
        String ecosystem = answer.text("ecosystem");
        String name = answer.text("name");
        String version = answer.text("version");
        if (name.isEmpty() || version.isEmpty()) {
            return Optional.empty();
        }
        int colon = name.indexOf(':');
        return switch (Ecosystem.of(ecosystem).base()) {
            case "Debian" -> Optional.of(deb(name, version, name, version));
            case "Alpine" -> Optional.of(Packages.of("pkg:apk/alpine/" + name + "@" + version));
            case "Maven" -> Optional.of(maven(name.substring(0, colon), name.substring(colon + 1), version));
            case "PyPI" -> Optional.of(Packages.of("pkg:pypi/" + name + "@" + version));
            case "Go" -> Optional.of(Packages.of("pkg:golang/" + name + "@" + version));
            case "crates.io" -> Optional.of(Packages.of("pkg:cargo/" + name + "@" + version));
            default -> Optional.empty();
        };
    }

    private static List<Node> records(String ecosystem) throws IOException {
        List<Node> records = new ArrayList<>();
        try (ZipInputStream zip =
                new ZipInputStream(Files.newInputStream(shared("feed/osv").resolve(ecosystem + "/all.zip")))) {
            for (ZipEntry member = zip.getNextEntry(); member != null; member = zip.getNextEntry()) {
                records.add(Documents.json(new java.io.ByteArrayInputStream(zip.readAllBytes())));
            }
        }
        return records;
    }

    private static Path shared(String name) {
        var folder = Fixtures.folder(name);
        assumeTrue(folder.isPresent(), "shared cases are not here");
        return folder.orElseThrow();
    }
}
