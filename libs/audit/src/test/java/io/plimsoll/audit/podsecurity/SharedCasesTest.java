package io.plimsoll.audit.podsecurity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.plimsoll.testing.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The cases of Kubernetes' own admission: each breaks one family, or none. */
class SharedCasesTest {

    /** Cases that cannot break one family alone, because a stricter family asks for the same field. */
    private static final Map<String, Set<String>> ALONG = Map.of(
            // One case has a container without a security context.
            "allowprivilegeescalation", Set.of("capabilities_restricted"),
            "capabilities_baseline", Set.of("capabilities_restricted", "allowprivilegeescalation"),
            "hostpathvolumes", Set.of("restrictedvolumes"),
            "procmount", Set.of("procmount_restricted"),
            "procmount_restricted", Set.of("procmount"),
            "restrictedvolumes", Set.of("hostpathvolumes"),
            // Kubernetes refuses a privileged container with allowPrivilegeEscalation: false.
            "privileged", Set.of("allowprivilegeescalation"),
            "seccompprofile_baseline", Set.of("seccompprofile_restricted"),
            "seccompprofile_restricted", Set.of("seccompprofile_baseline"),
            // Kubernetes refuses a HostProcess container outside the network of its node.
            "windowshostprocess", Set.of("hostnamespaces"));

    private record Case(Path file, Level level, Version version, boolean admitted, String family) {

        /** Empty when the verdict is the expected one, else what was expected and what came. */
        Optional<String> difference() {
            Set<String> broken = PodSecurity.evaluate(Declared.file(file).template(), level, version).stream()
                    .map(Violation::family)
                    .collect(Collectors.toCollection(TreeSet::new));
            Set<String> unexpected = new TreeSet<>(broken);
            unexpected.remove(family);
            unexpected.removeAll(ALONG.getOrDefault(family, Set.of()));
            boolean right = admitted ? broken.isEmpty() : broken.contains(family) && unexpected.isEmpty();
            return right
                    ? Optional.empty()
                    : Optional.of(level + "/" + file.getFileName() + " at " + version + ": expected "
                            + (admitted ? "to be admitted" : family) + ", broken are " + broken);
        }
    }

    @Test
    void agreesWithTheCasesOfV1_33() throws IOException {
        Optional<Path> folder = Fixtures.folder("config");
        assumeTrue(folder.isPresent(), "the shared cases of configuration audit are not here");
        List<Case> cases = indexed(folder.get());
        assertThat(cases).hasSize(128);
        assertThat(differences(cases)).isEmpty();
    }

    /** Each at its own version. */
    @Test
    void agreesWithTheCasesOfOtherVersions() throws IOException {
        Optional<Path> folder = Fixtures.folder("manifests/apps/pod-security-admission-testdata");
        assumeTrue(folder.isPresent(), "the shared cases of pod security admission are not here");
        List<Case> cases = named(folder.get());
        assertThat(cases).hasSizeGreaterThan(390);
        assertThat(differences(cases)).isEmpty();
    }

    /** Whatever versions the folder holds, each case at its own. */
    @Test
    void agreesWithTheCasesOfEveryVersionThatIsThere() throws IOException {
        Optional<Path> folder = Fixtures.folder("config/pss");
        assumeTrue(folder.isPresent(), "the shared cases of configuration audit are not here");
        List<Case> cases = walked(folder.get());
        assertThat(cases).hasSizeGreaterThanOrEqualTo(128);
        assertThat(differences(cases)).isEmpty();
    }

    private static List<String> differences(List<Case> cases) {
        return cases.stream().flatMap(each -> each.difference().stream()).toList();
    }

    /** Lines of the index: path, source, {@code pss:level@version}, pass or fail, target, family. */
    private static List<Case> indexed(Path folder) throws IOException {
        try (Stream<String> lines = Files.lines(folder.resolve("index.tsv"))) {
            return lines.filter(line -> line.startsWith("pss/"))
                    .map(line -> line.split("\t", -1))
                    .map(row -> new Case(
                            folder.resolve(row[0]),
                            level(row[2].substring("pss:".length(), row[2].indexOf('@'))),
                            version(row[2].substring(row[2].indexOf('@') + 1)),
                            row[3].equals("pass"),
                            row[5]))
                    .toList();
        }
    }

    /** Files called {@code level__version__pass__family0.yaml}. */
    private static List<Case> named(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .map(file -> {
                        String[] name = file.getFileName().toString().split("__");
                        return new Case(
                                file,
                                level(name[0]),
                                version(name[1]),
                                name[2].equals("pass"),
                                name[3].replaceFirst("[0-9]*\\.yaml$", ""));
                    })
                    .toList();
        }
    }

    /** Files {@code level/version/pass/family0.yaml}. */
    private static List<Case> walked(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .map(file -> {
                        Path name = folder.relativize(file);
                        return new Case(
                                file,
                                level(name.getName(0).toString()),
                                version(name.getName(1).toString()),
                                name.getName(2).toString().equals("pass"),
                                name.getFileName().toString().replaceFirst("[0-9]*\\.yaml$", ""));
                    })
                    .toList();
        }
    }

    private static Level level(String name) {
        return Level.valueOf(name.toUpperCase(Locale.ROOT));
    }

    private static Version version(String name) {
        return new Version(Integer.parseInt(name.substring("v1.".length())));
    }
}
