package io.plimsoll.scanning.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.plimsoll.scanning.advisory.Ecosystem;
import io.plimsoll.scanning.advisory.index.AdvisoryIndex;
import io.plimsoll.scanning.document.Documents;
import io.plimsoll.scanning.document.Node;
import io.plimsoll.scanning.pack.Distribution;
import io.plimsoll.scanning.pack.Package;
import io.plimsoll.testing.Fixtures;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Labels people gave to another scanner's matches. They do not say ecosystem or release, so only rows whose version or name does are
 * asked, and of these only where our partial feed holds the weakness against that package.
 */
class LabelsTest {
    private static final Pattern DEBIAN = Pattern.compile("\\+deb(\\d+)u\\d+");

    private record Asked(Ecosystem ecosystem, Package pack, Optional<Distribution> distribution) {}

    @Test
    void findsWhatWasLabelledRightAndNotWhatWasLabelledWrong() throws IOException {
        var folder = Fixtures.folder("image/labels");
        assumeTrue(folder.isPresent(), "shared cases are not here");
        AdvisoryIndex index = Feeds.shared();
        io.plimsoll.scanning.match.Matcher matcher = Feeds.matcher(index);
        int right = 0;
        int wrong = 0;
        List<String> missed = new ArrayList<>();
        List<String> reported = new ArrayList<>();
        for (String line : Files.readAllLines(folder.orElseThrow().resolve("anchore-match-labels.jsonl"))) {
            Node row = Documents.json(new ByteArrayInputStream(line.getBytes(StandardCharsets.UTF_8)));
            Optional<Asked> asked =
                    asked(row.get("package").text("name"), row.get("package").text("version"));
            if (asked.isEmpty() || !holds(index, asked.get(), row)) {
                continue;
            }
            boolean found = matcher.match(asked.get().pack(), asked.get().distribution()).findings().stream()
                    .anyMatch(finding -> finding.isCalled(row.text("vuln")) || finding.isCalled(row.text("cve")));
            String named = asked.get().pack().purl() + " " + row.text("vuln");
            switch (row.text("label")) {
                case "TP" -> {
                    right++;
                    if (!found) {
                        missed.add(named);
                    }
                }
                case "FP" -> {
                    wrong++;
                    if (found) {
                        reported.add(named);
                    }
                }
                default -> {}
            }
        }
        assertThat(missed).isEmpty();
        // Labelled wrong because the weakness is in the daemon and Vault only uses the client: no version says that.
        assertThat(reported).hasSize(3).allMatch(named -> named.startsWith("pkg:golang/github.com/docker/docker@"));
        assertThat(right).isEqualTo(38);
        assertThat(wrong).isEqualTo(3);
    }

    private static Optional<Asked> asked(String name, String version) {
        if (name.indexOf('/') > 0 && name.indexOf('.') > 0 && version.startsWith("v")) {
            Package pack = Packages.of("pkg:golang/" + name + "@" + version.replace("+", "%2B"));
            return Optional.of(new Asked(Ecosystem.of("Go"), pack, Optional.empty()));
        }
        Matcher debian = DEBIAN.matcher(version);
        if (debian.find()) {
            String release = debian.group(1);
            return Optional.of(new Asked(
                    Ecosystem.of("Debian:" + release),
                    Packages.deb(name, version, name, version),
                    Optional.of(Packages.distribution("debian", release))));
        }
        return Optional.empty();
    }

    private static boolean holds(AdvisoryIndex index, Asked asked, Node row) throws IOException {
        for (AdvisoryIndex.Entry entry :
                index.entries(asked.ecosystem(), asked.pack().purl().fullName())) {
            var advisory = index.advisory(entry.place());
            for (String name : List.of(row.text("vuln"), row.text("cve"))) {
                if (advisory.id().equals(name)
                        || advisory.aliases().contains(name)
                        || advisory.upstream().contains(name)) {
                    return true;
                }
            }
        }
        return false;
    }
}
