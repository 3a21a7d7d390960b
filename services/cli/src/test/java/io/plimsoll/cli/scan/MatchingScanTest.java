package io.plimsoll.cli.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.plimsoll.cli.ExitCode;
import io.plimsoll.cli.Plimsoll;
import io.plimsoll.scanning.document.Documents;
import io.plimsoll.scanning.document.Node;
import io.plimsoll.testing.Fixtures;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Feeds imported, an image scanned, and what the command says of it: by itself, and to whoever asks for its exit code. */
class MatchingScanTest {

    private static final String NOW = "2026-01-03T00:00:00Z";
    private static final String SEVERE = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H";

    @TempDir
    Path folder;

    private Path feeds;
    private Path store;
    private Path root;

    private record Result(int code, String out, String err) {
        Node json() throws IOException {
            return Documents.json(new ByteArrayInputStream(out.getBytes(StandardCharsets.UTF_8)));
        }
    }

    private static Result run(Object... words) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(written, true, StandardCharsets.UTF_8));
            System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
            return new Result(
                    Plimsoll.run(Stream.of(words).map(Object::toString).toArray(String[]::new)),
                    written.toString(StandardCharsets.UTF_8),
                    said.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }

    private Result scan(Object... words) {
        return run(Stream.concat(Stream.of("scan", "dir:" + root, "--feeds", store, "--as-of", NOW), Stream.of(words))
                .toArray());
    }

    private static String record(String id, String cve, String name, String fixed, String vector) {
        String severity = vector.isEmpty() ? "" : ",\"severity\":[{\"type\":\"CVSS_V3\",\"score\":\"" + vector + "\"}]";
        String end = fixed.isEmpty() ? "" : ",{\"fixed\":\"" + fixed + "\"}";
        return "{\"id\":\"" + id + "\",\"modified\":\"2026-01-01T00:00:00Z\",\"aliases\":[\"" + cve
                + "\"],\"summary\":\""
                + "About " + name + "\"" + severity + ",\"affected\":[{\"package\":{\"ecosystem\":\"npm\",\"name\":\""
                + name
                + "\"},\"ranges\":[{\"type\":\"SEMVER\",\"events\":[{\"introduced\":\"0\"}" + end + "]}]}]}";
    }

    @BeforeEach
    void anImageAndAFeed() throws IOException {
        feeds = folder.resolve("feeds");
        store = folder.resolve("store");
        root = folder.resolve("root");
        Files.createDirectories(feeds.resolve("osv/npm"));
        Files.createDirectories(feeds.resolve("kev"));
        Files.writeString(
                feeds.resolve("osv/npm/1.json"), record("GHSA-aaaa", "CVE-2025-0001", "severe", "1.0.1", SEVERE));
        Files.writeString(feeds.resolve("osv/npm/2.json"), record("GHSA-bbbb", "CVE-2025-0002", "unrated", "", ""));
        Files.writeString(
                feeds.resolve("kev/known_exploited_vulnerabilities.json"),
                "{\"dateReleased\":\"2026-01-02T00:00:00Z\",\"vulnerabilities\":[{\"cveID\":\"CVE-2025-0001\","
                        + "\"dateAdded\":\"2025-12-24\",\"knownRansomwareCampaignUse\":\"Known\"}]}");
        Files.createDirectories(feeds.resolve("epss"));
        Files.writeString(
                feeds.resolve("epss/epss_scores.csv"),
                "#model_version:v1,score_date:2026-01-02T00:00:00+0000\ncve,epss,percentile\nCVE-2025-0001,0.97,0.99\n");
        assertThat(run("feeds", "import", feeds, "--to", store).code()).isEqualTo(ExitCode.DONE);
        npm("clear");
    }

    private void npm(String name) throws IOException {
        Path at = Files.createDirectories(root.resolve("srv/node_modules/" + name));
        Files.writeString(at.resolve("package.json"), "{\"name\":\"" + name + "\",\"version\":\"1.0.0\"}");
    }

    @Test
    void saysThatNothingIsKnownOnlyAfterLooking() {
        Result clear = scan();
        assertThat(clear.code()).isEqualTo(ExitCode.DONE);
        assertThat(clear.out()).contains("Known    nothing, and every package was looked for");
    }

    @Test
    void isUnknownWithoutAFeedWithAStaleOneAndWithAnEmptyOne() throws IOException {
        Result none = run("scan", "dir:" + root, "--feeds", folder.resolve("nowhere"));
        assertThat(none.code()).isEqualTo(ExitCode.UNKNOWN);
        assertThat(none.err()).contains("no feeds in", "run plimsoll feeds import");
        assertThat(none.out())
                .contains("Known    UNKNOWN: nothing was found", "no-feed")
                .doesNotContain("nothing, and");

        Result stale = run("scan", "dir:" + root, "--feeds", store, "--as-of", "2026-03-03T00:00:00Z");
        assertThat(stale.code()).isEqualTo(ExitCode.UNKNOWN);
        assertThat(stale.out()).contains("UNKNOWN: nothing was found", "feed-stale", "osv/npm STALE 61d");
        assertThat(run("scan", "dir:" + root, "--feeds", store, "--as-of", "2026-03-03T00:00:00Z", "--feed-age-max", 90)
                        .code())
                .isEqualTo(ExitCode.DONE);

        Files.writeString(store.resolve("advisories.idx"), "cut off");
        Result damaged = scan();
        assertThat(damaged.code()).isEqualTo(ExitCode.UNKNOWN);
        assertThat(damaged.err()).contains("not an advisory index");

        Path empty = Files.createDirectories(folder.resolve("empty/osv/npm"));
        Files.writeString(empty.resolve("1.json"), "{}");
        run("feeds", "import", folder.resolve("empty"), "--to", store);
        Result nothing = scan();
        assertThat(nothing.code()).isEqualTo(ExitCode.UNKNOWN);
        assertThat(nothing.out()).contains("feed-empty", "osv/npm EMPTY");
    }

    @Test
    void knowsNothingOfAnImageWithoutPackages() throws IOException {
        root = Files.createDirectories(folder.resolve("bare"));
        Result bare = scan();
        assertThat(bare.code()).isEqualTo(ExitCode.UNKNOWN);
        assertThat(bare.out()).contains("UNKNOWN: no package was found");
    }

    @Test
    void closesTheGateByLevelAndFix() throws IOException {
        npm("severe");
        Result shown = scan();
        assertThat(shown.code()).isEqualTo(ExitCode.DONE);
        assertThat(shown.out())
                .containsPattern(
                        "critical +CVE-2025-0001 +severe +1\\.0\\.0 +1\\.0\\.1 +EXPLOITED \\(KEV 2025-12-24, ransomware\\); EPSS 97\\.0%");
        for (String level :
                List.of("critical", "high-fixable", "low", "any-fixable", "exploited", "unrated,critical")) {
            assertThat(scan("--fail-on", level).code()).as(level).isEqualTo(ExitCode.GATE_NOT_MET);
        }
        assertThat(scan("--fail-on", "unrated").code()).isEqualTo(ExitCode.DONE);
        Result wrong = scan("--fail-on", "terrible");
        assertThat(wrong.code()).isEqualTo(ExitCode.USAGE);
        assertThat(wrong.err()).contains("\"terrible\" is none of critical, high");
    }

    @Test
    void leavesTheGateUndecidedWhereNobodyRates() throws IOException {
        npm("unrated");
        Result undecided = scan("--fail-on", "critical");
        assertThat(undecided.code()).isEqualTo(ExitCode.UNKNOWN);
        assertThat(undecided.err()).contains("undecided for 1 weaknesses without a severity");
        assertThat(scan("--fail-on", "critical", "--ignore-unrated").code()).isEqualTo(ExitCode.DONE);
        // Without a published fix it does not count whatever its severity is.
        assertThat(scan("--fail-on", "critical-fixable").code()).isEqualTo(ExitCode.DONE);
        assertThat(scan("--fail-on", "any").code()).isEqualTo(ExitCode.GATE_NOT_MET);
    }

    @Test
    void neverPassesAnImageThatWasNotReadWholly() throws IOException {
        Files.writeString(root.resolve("srv/x.jar"), "no archive");
        assertThat(scan().code()).isEqualTo(ExitCode.UNKNOWN);
    }

    @Test
    void showsWhatStatementsSetAside() throws IOException {
        npm("severe");
        Path vex = Files.writeString(
                folder.resolve("app.openvex.json"),
                "{\"@context\":\"https://openvex.dev/ns/v0.2.0\",\"@id\":\"x\",\"author\":\"maker\",\"timestamp\":"
                        + "\"2026-01-02T00:00:00Z\",\"version\":1,\"statements\":[{\"vulnerability\":{\"name\":\"CVE-2025-0001\"},"
                        + "\"products\":[{\"@id\":\"pkg:npm/severe\"}],\"status\":\"not_affected\","
                        + "\"justification\":\"vulnerable_code_not_in_execute_path\"}]}");
        Result set = scan("--vex", vex, "--fail-on", "any");
        assertThat(set.code()).isEqualTo(ExitCode.DONE);
        assertThat(set.out())
                .contains("NOT COUNTED: 1", "vex not affected", "(maker)", "vulnerable_code_not_in_execute_path");
        Node sarif = scan("--vex", vex, "--format", "sarif").json();
        Node result =
                sarif.get("runs").items().getFirst().get("results").items().getFirst();
        assertThat(result.get("suppressions").items().getFirst().text("justification"))
                .contains("maker", "vulnerable_code_not_in_execute_path");
        Node bill = scan("--vex", vex, "--format", "cyclonedx").json();
        assertThat(bill.get("vulnerabilities")
                        .items()
                        .getFirst()
                        .get("analysis")
                        .text("state"))
                .isEqualTo("not_affected");
        assertThat(scan("--vex", folder.resolve("none.json")).code()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void saysADistributionPastItsEndOutLoud() throws IOException {
        Files.createDirectories(root.resolve("etc"));
        Files.createDirectories(root.resolve("var/lib/dpkg"));
        Files.writeString(root.resolve("etc/os-release"), "ID=debian\nVERSION_ID=\"8\"\n");
        Files.writeString(
                root.resolve("var/lib/dpkg/status"),
                "Package: bash\nStatus: install ok installed\nVersion: 4.3\nArchitecture: amd64\n\n");
        Result old = scan();
        assertThat(old.code()).isEqualTo(ExitCode.UNKNOWN);
        assertThat(old.out()).contains("END OF LIFE: debian 8 was mended until 2020-06-30");
        assertThat(scan("--format", "json")
                        .json()
                        .get("answer")
                        .get("notices")
                        .items()
                        .getFirst()
                        .text("reason"))
                .isEqualTo("end-of-life");
    }

    @Test
    void writesSarifWithARuleForEveryResult() throws IOException {
        npm("severe");
        Files.writeString(root.resolve("srv/.env"), "DB_PASSWORD=hunter2hunter2\n");
        Node run = scan("--format", "sarif").json().get("runs").items().getFirst();
        List<String> rules = run.get("tool").get("driver").get("rules").items().stream()
                .map(rule -> rule.text("id"))
                .toList();
        List<Node> results = run.get("results").items();
        assertThat(results.stream().map(result -> result.text("ruleId")))
                .containsExactly("CVE-2025-0001", "secret/assignment")
                .allMatch(rules::contains);
        assertThat(run.get("tool")
                        .get("driver")
                        .get("rules")
                        .items()
                        .getFirst()
                        .get("properties")
                        .text("security-severity"))
                .isEqualTo("9.8");
        Node place = results.getFirst().get("locations").items().getFirst();
        assertThat(place.get("physicalLocation").get("artifactLocation").text("uri"))
                .isEqualTo("srv/node_modules/severe/package.json");
        assertThat(results.getLast()
                        .get("locations")
                        .items()
                        .getFirst()
                        .get("physicalLocation")
                        .get("region")
                        .text("startLine"))
                .isEqualTo("1");
    }

    /** The identities of the demonstration image as somebody's bill, against the shared feed. */
    @Test
    void findsTheKnownEightyOnTwelvePackages() throws IOException {
        var shared = Fixtures.folder("feed");
        assumeTrue(shared.isPresent(), "shared cases are not here");
        Path there = folder.resolve("shared");
        assertThat(run("feeds", "import", shared.orElseThrow(), "--to", there).code())
                .isEqualTo(ExitCode.DONE);
        Path bill = demoBill();

        Result json = run("scan", "sbom:" + bill, "--feeds", there, "--format", "json");
        // Its feeds are old: they find, but the rest is not known.
        assertThat(json.code()).isEqualTo(ExitCode.UNKNOWN);
        Node answer = json.json().get("answer");
        List<Node> found = answer.get("vulnerabilities").items();
        Map<String, Long> byPackage = found.stream()
                .collect(Collectors.groupingBy(one -> one.text("package"), TreeMap::new, Collectors.counting()));
        assertThat(byPackage).hasSize(12).containsEntry("pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1", 4L);
        assertThat(found).hasSize(80);
        assertThat(byPackage.keySet()).allMatch(purl -> purl.startsWith("pkg:maven/"));
        Node shell = found.stream()
                .filter(one -> one.text("vulnerability").equals("CVE-2021-44228")
                        && one.text("package").endsWith("log4j-core@2.14.1"))
                .findFirst()
                .orElseThrow();
        assertThat(shell.get("exploitation").text("listed")).isEqualTo("2021-12-10");
        assertThat(shell.text("fixedIn")).isEqualTo("2.15.0");
        assertThat(shell.get("advisories").items().stream().map(Node::text))
                .containsExactly("GHSA-jfh8-c2jp-5v3q", "PROJECTKB-CVE-2021-44228");
        Result gate = run("scan", "sbom:" + bill, "--feeds", there, "--fail-on", "exploited");
        assertThat(gate.code()).isEqualTo(ExitCode.GATE_NOT_MET);
        assertThat(gate.out()).contains("Bill     CycloneDX 1.6 by other", "80 weaknesses in 12 packages");
    }

    private Path demoBill() throws IOException {
        Path identities = Fixtures.repository()
                .resolve("libs/scanning/src/test/resources/io/plimsoll/scanning/match/demo-image-maven.txt");
        String components = Files.readAllLines(identities).stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split(":"))
                .map(one -> "{\"type\":\"library\",\"name\":\"" + one[1] + "\",\"purl\":\"pkg:maven/" + one[0] + "/"
                        + one[1] + "@" + one[2] + "\"}")
                .collect(Collectors.joining(","));
        return Files.writeString(
                folder.resolve("bom.json"),
                "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\",\"metadata\":{\"tools\":{\"components\":[{\"name\":"
                        + "\"other\"}]}},\"components\":[{\"type\":\"operating-system\",\"name\":\"debian\",\"version\":\"12\"},"
                        + "{\"type\":\"library\",\"name\":\"openssl\",\"purl\":\"pkg:deb/debian/openssl@3.0.22-1~deb12u2?arch=amd64\"},"
                        + components + "]}");
    }
}
