package io.plimsoll.scanning.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.plimsoll.scanning.document.Documents;
import io.plimsoll.scanning.document.Node;
import io.plimsoll.scanning.image.Budget;
import io.plimsoll.scanning.image.ImageLimits;
import io.plimsoll.testing.Fixtures;
import io.plimsoll.testing.Golden;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The shared package databases and lock files: none crashes any reader, and what they hold is compared whole. */
class PackageDatabasesTest {

    private static final int SHOWN = 15;
    /** Which format a folder of cases is of, where the files' own names do not say. */
    private static final Map<String, FileFormat> FOLDERS = Map.ofEntries(
            Map.entry("/os/apk/", FileFormat.APK_INSTALLED),
            Map.entry("/analyzer/pkg/apk/", FileFormat.APK_INSTALLED),
            Map.entry("/alpine/", FileFormat.APK_INSTALLED),
            Map.entry("/dpkg/", FileFormat.DPKG_STATUS),
            Map.entry("/opkg/", FileFormat.OPKG_STATUS),
            Map.entry("/rpm/testdata/Packages", FileFormat.RPM_DATABASE),
            Map.entry("/own/rpmdb.sqlite", FileFormat.RPM_DATABASE),
            Map.entry("rpmmanifest/", FileFormat.RPM_MANIFEST),
            Map.entry("/packagelockjson/", FileFormat.NPM_LOCK),
            Map.entry("/pnpmlock/", FileFormat.PNPM_LOCK),
            Map.entry("/yarnlock/", FileFormat.YARN_LOCK),
            Map.entry("/packagejson/", FileFormat.NPM_PACKAGE),
            Map.entry("/nodejs/pkg/", FileFormat.NPM_PACKAGE),
            Map.entry("/pipfilelock/", FileFormat.PIPFILE_LOCK),
            Map.entry("/poetrylock/", FileFormat.PYTHON_TOML_LOCK),
            Map.entry("/uvlock/", FileFormat.PYTHON_TOML_LOCK),
            Map.entry("/requirements/", FileFormat.PYTHON_REQUIREMENTS),
            Map.entry("/wheelegg/", FileFormat.PYTHON_METADATA),
            Map.entry("/composerlock/", FileFormat.COMPOSER_LOCK),
            Map.entry("installed.json", FileFormat.COMPOSER_INSTALLED),
            Map.entry("/cargolock/", FileFormat.CARGO_LOCK),
            Map.entry("Cargo.lock-with-git-deps", FileFormat.CARGO_LOCK),
            Map.entry("/gemfilelock/", FileFormat.GEM_LOCK),
            Map.entry("/packageslockjson/", FileFormat.NUGET_LOCK));

    private Path folder = Path.of("");

    @BeforeEach
    void findCases() {
        Optional<Path> found = Fixtures.folder("image/pkgdb");
        assumeTrue(found.isPresent(), "shared cases are not here");
        folder = found.orElseThrow();
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> walk = Files.walk(folder)) {
            return walk.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static Findings read(FileFormat format, String path, byte[] bytes) {
        return format.read(new FileContent(path, bytes, bytes.length, new Budget(ImageLimits.DEFAULT, () -> false)));
    }

    private static List<String> shown(Findings findings) {
        return findings.packages.stream()
                .map(found -> found.kind().name().toLowerCase(Locale.ROOT) + " "
                        + (found.namespace().isEmpty() ? "" : found.namespace() + " / ") + found.name() + " "
                        + found.version()
                        + found.source()
                                .map(source -> " <- " + source.name() + " " + source.version())
                                .orElse("")
                        + (found.development() ? " (dev)" : ""))
                .distinct()
                .sorted()
                .toList();
    }

    @Test
    void noFileCrashesAnyReader() throws IOException {
        for (Path file : files()) {
            byte[] bytes = Files.readAllBytes(file);
            for (FileFormat format : FileFormat.values()) {
                assertThatCode(() -> read(format, "/" + file.getFileName(), bytes))
                        .as("%s as %s", file, format)
                        .doesNotThrowAnyException();
            }
        }
    }

    @Test
    void everyCutOfAFileIsReadToo() throws IOException {
        for (Path file : files()) {
            byte[] bytes = Files.readAllBytes(file);
            Optional<FileFormat> format = format(file);
            for (int part = 1; format.isPresent() && part < 8; part++) {
                byte[] cut = java.util.Arrays.copyOf(bytes, bytes.length * part / 8);
                assertThatCode(() -> read(format.get(), "/x", cut))
                        .as("%s", file)
                        .doesNotThrowAnyException();
            }
        }
    }

    @Test
    void readsWhatIsThere() throws IOException {
        StringBuilder all = new StringBuilder();
        for (Path file : files()) {
            Optional<FileFormat> format = format(file);
            if (format.isEmpty()) {
                continue;
            }
            Findings findings = read(format.get(), "/" + file.getFileName(), Files.readAllBytes(file));
            List<String> packages = shown(findings);
            all.append(folder.relativize(file))
                    .append(" as ")
                    .append(format.get())
                    .append(": ");
            all.append(packages.size()).append('\n');
            packages.stream()
                    .limit(SHOWN)
                    .forEach(line -> all.append("  ").append(line).append('\n'));
            findings.problems.forEach(
                    problem -> all.append("  ! ").append(problem).append('\n'));
        }
        Golden.matches(Path.of("src/test/resources/package-databases.txt"), all.toString());
    }

    private Optional<FileFormat> format(Path file) {
        String path = "/" + folder.relativize(file);
        if (path.endsWith(".want")
                || path.endsWith("/want")
                || path.contains("/glob-paths/") && file.toFile().length() < 50) {
            return Optional.empty();
        }
        Optional<FileFormat> named = FileFormat.of(path);
        if (named.isPresent() && named.get() != FileFormat.JAVA_ARCHIVE) {
            return named;
        }
        return FOLDERS.entrySet().stream()
                .filter(entry -> path.contains(entry.getKey()) && !path.contains("/etc/") && !path.contains("/fetch/"))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /** Archives around the shared manifests and properties: the expectation is the file's name. */
    @Test
    void namesJavaArchivesByTheirOwnWord() throws IOException {
        List<String> wrong = new ArrayList<>();
        int cases = 0;
        Node expectations;
        try (InputStream in = Files.newInputStream(folder.resolve("claircore-jar-expect-from-filename.json"))) {
            expectations = Documents.json(in);
        }
        for (Node expected : expectations.items()) {
            String path = expected.text("file");
            Path file = folder.resolveSibling(path);
            String entry = path.contains("/properties/") ? "META-INF/maven/g/a/pom.properties" : "META-INF/MANIFEST.MF";
            byte[] jar = zip(Map.of(entry, Files.readAllBytes(file)));
            Findings findings = read(FileFormat.JAVA_ARCHIVE, "/app/" + file.getFileName(), jar);
            cases++;
            String got = findings.packages.stream()
                    .map(found -> found.name() + " " + found.version())
                    .collect(Collectors.joining(", "));
            if (!got.equals(expected.text("artifact") + " " + expected.text("version"))) {
                wrong.add(path + ": " + got);
            }
        }
        assertThat(cases).isEqualTo(expectations.items().size()).isPositive();
        assertThat(wrong).isEmpty();
    }

    static byte[] zip(Map<String, byte[]> entries) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        }
        return out.toByteArray();
    }
}
