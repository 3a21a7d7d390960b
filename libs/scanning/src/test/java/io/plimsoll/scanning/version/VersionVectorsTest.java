package io.plimsoll.scanning.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.plimsoll.testing.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every shared vector, most of them made by the ecosystems' own tools. */
class VersionVectorsTest {
    private static final Pattern LINE = Pattern.compile("(\\S+)\\s+(<|=|==|>)\\s+(\\S+)");

    @ParameterizedTest
    @CsvSource({
        "alpine-versions.txt, ALPINE, 307",
        "alpine-versions-generated.txt, ALPINE, 5547",
        "cran-versions.txt, CRAN, 10",
        "cran-versions-generated.txt, CRAN, 20",
        "debian-versions.txt, DEBIAN, 12",
        "debian-versions-generated.txt, DEBIAN, 5759",
        "hackage-versions.txt, HACKAGE, 6",
        "maven-versions.txt, MAVEN, 38",
        "maven-versions-generated.txt, MAVEN, 5878",
        "nuget-versions.txt, NUGET, 13",
        "packagist-versions.txt, PACKAGIST, 40",
        "packagist-versions-generated.txt, PACKAGIST, 4204",
        "pub-versions.txt, PUB, 40",
        "pypi-versions.txt, PYTHON, 13",
        "pypi-versions-generated.txt, PYTHON, 4964",
        "redhat-versions.txt, RPM, 62",
        "rubygems-versions.txt, RUBYGEMS, 12",
        "rubygems-versions-generated.txt, RUBYGEMS, 1651",
        "semver-versions.txt, SEMVER, 32",
    })
    void agreesWithEveryVector(String file, VersionScheme scheme, int atLeast) throws IOException {
        List<String> wrong = new ArrayList<>();
        int asked = 0;
        for (String line : lines(file)) {
            Matcher vector = LINE.matcher(line);
            assertThat(vector.matches()).as(line).isTrue();
            asked++;
            int order = read(scheme, vector.group(1)).compareTo(read(scheme, vector.group(3)));
            if (!sign(order).equals(vector.group(2))) {
                wrong.add(line + " but we say " + sign(order));
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(asked).isGreaterThanOrEqualTo(atLeast);
    }

    @Test
    void ordersFullRpmNames() throws IOException {
        int asked = 0;
        for (String line : lines("claircore-compare")) {
            Matcher vector = LINE.matcher(line);
            assertThat(vector.matches()).as(line).isTrue();
            Nevra first = Nevra.parse(vector.group(1)).orElseThrow();
            Nevra second = Nevra.parse(vector.group(3)).orElseThrow();
            assertThat(sign(first.compareTo(second)).charAt(0))
                    .as(line)
                    .isEqualTo(vector.group(2).charAt(0));
            asked++;
        }
        assertThat(asked).isEqualTo(12);
    }

    @Test
    void takesFullRpmNamesApart() throws IOException {
        int asked = 0;
        for (String line : lines("claircore-parse")) {
            String[] fields = line.replace("''", "-").split("\\s+");
            for (int i = 1; i < fields.length; i++) {
                fields[i] = fields[i].equals("-") ? "" : fields[i];
            }
            assertThat(Nevra.parse(fields[0]))
                    .as(line)
                    .isEqualTo(Optional.of(new Nevra(fields[1], fields[2], fields[3], fields[4], fields[5])));
            asked++;
        }
        assertThat(asked).isEqualTo(4);
    }

    private static List<String> lines(String file) throws IOException {
        Optional<Path> folder = Fixtures.folder("image/versions");
        assumeTrue(folder.isPresent(), "shared cases are not here");
        return Files.readAllLines(folder.orElseThrow().resolve(file)).stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("//") && !line.startsWith("#"))
                .toList();
    }

    private static Version read(VersionScheme scheme, String text) {
        return switch (scheme.read(text)) {
            case Version version -> version;
            case NotAVersion not -> throw new AssertionError(not.text() + ": " + not.why());
        };
    }

    private static String sign(int order) {
        return order < 0 ? "<" : order > 0 ? ">" : "=";
    }
}
