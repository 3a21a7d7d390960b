package io.plimsoll.audit.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.plimsoll.kubernetes.manifest.SingleDocument;
import io.plimsoll.testing.Fixtures;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is known to affect which component at which version, against the answers worked out beforehand. */
class OracleTest {

    private static List<String> differences(VulnerabilityFeed feed, Path folder) throws IOException {
        List<String> differences = new ArrayList<>();
        List<String> lines = Files.readAllLines(folder.resolve("version-oracle.tsv"));
        assertThat(lines).hasSizeGreaterThan(70);
        for (String line : lines.subList(1, lines.size())) {
            String[] row = line.split("\t", -1);
            TreeSet<String> expected = new TreeSet<>(row[2].isEmpty() ? List.of() : List.of(row[2].split(",")));
            TreeSet<String> found = new TreeSet<>();
            feed.affecting(row[0], KubernetesVersion.of(row[1])).forEach(each -> found.add(each.id()));
            if (!expected.equals(found)) {
                differences.add(row[0] + " " + row[1] + ": expected " + expected + ", found " + found);
            }
        }
        return differences;
    }

    private static Path folder() {
        Optional<Path> folder = Fixtures.folder("config/k8s-cve");
        assumeTrue(folder.isPresent(), "the shared cases of Kubernetes' vulnerabilities are not here");
        return folder.get();
    }

    @Test
    void whatThisBuildKnowsAgreesWithEveryAnswer() throws IOException {
        assertThat(differences(VersionKnowledge.builtin().vulnerabilities(), folder()))
                .isEmpty();
    }

    @Test
    void recordsAsPublishedAgreeWithEveryAnswer() throws IOException {
        List<Vulnerability> records = read(folder().resolve("stackrox"));
        assertThat(records).hasSize(62);
        assertThat(differences(VulnerabilityFeed.of(records), folder())).isEmpty();
    }

    @Test
    void readsEveryRecordInTheFormOfOsv() throws IOException {
        List<Vulnerability> upstream = read(folder().resolve("osv-kubernetes-sigs"));
        List<Vulnerability> modules = read(folder().resolve("go-vulndb"));
        assertThat(upstream).hasSizeGreaterThan(20).anyMatch(each -> each.id().equals("CVE-2017-1002101"));
        assertThat(modules).isNotEmpty();
        VulnerabilityFeed feed = VulnerabilityFeed.of(upstream);
        assertThat(feed.affecting("kubelet", KubernetesVersion.of("v1.8.8")))
                .extracting(Vulnerability::id)
                .contains("CVE-2017-1002101");
        assertThat(feed.affecting("kubelet", KubernetesVersion.of("v1.8.9")))
                .extracting(Vulnerability::id)
                .doesNotContain("CVE-2017-1002101");
    }

    private static List<Vulnerability> read(Path folder) throws IOException {
        List<Vulnerability> records = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                try (InputStream in = Files.newInputStream(file)) {
                    records.addAll(FeedReader.read(SingleDocument.read(file.toString(), in)));
                }
            }
        }
        return records;
    }
}
