package io.plimsoll.embedded.place;

import io.plimsoll.embedded.EmbeddedProblem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the build gathered ({@code libs/embedded-parts}): archives of PostgreSQL and Keycloak, the broker's jars, the
 * topics and the realm.
 */
public record PartsFolder(Path folder) {

    /**
     * Looks at the system property {@code plimsoll.parts}, the environment's {@code PLIMSOLL_PARTS}, then below the
     * project's root ({@code plimsoll.root}).
     *
     * @throws EmbeddedProblem when the folder is none or incomplete
     */
    public static PartsFolder find() {
        String given = System.getProperty("plimsoll.parts", System.getenv("PLIMSOLL_PARTS"));
        String root = System.getProperty("plimsoll.root");
        if (given == null && root == null) {
            throw new EmbeddedProblem("the parts of the platform are not known: set PLIMSOLL_PARTS to their folder"
                    + " (libs/embedded-parts/target/parts after a build)");
        }
        Path folder =
                given != null ? Path.of(given) : Path.of(String.valueOf(root), "libs/embedded-parts/target/parts");
        if (!Files.isRegularFile(folder.resolve("topics.yaml"))) {
            throw new EmbeddedProblem("no parts of the platform in " + folder.toAbsolutePath()
                    + "; build them: ./mvnw -pl libs/embedded-parts -am package");
        }
        return new PartsFolder(folder.toAbsolutePath().normalize());
    }

    public Path postgresArchive() {
        return only("postgresql", ".jar");
    }

    public Path keycloakArchive() {
        return only("keycloak", ".zip");
    }

    public Path realm() {
        return existing("keycloak/plimsoll-realm.json");
    }

    public Path demoRealm() {
        return existing("keycloak/plimsoll-realm-demo.json");
    }

    public Path topics() {
        return existing("topics.yaml");
    }

    /** The broker's jars, never on another class path. */
    public List<Path> brokerJars() {
        return files("kafka", ".jar");
    }

    private Path existing(String name) {
        Path file = folder.resolve(name);
        if (!Files.isRegularFile(file)) {
            throw new EmbeddedProblem(
                    "the parts lack " + file + "; build them: ./mvnw -pl libs/embedded-parts package");
        }
        return file;
    }

    private Path only(String part, String ending) {
        List<Path> found = files(part, ending);
        if (found.size() != 1) {
            throw new EmbeddedProblem("expected one " + ending + " in " + folder.resolve(part) + ", found "
                    + found.size() + "; build anew: ./mvnw -pl libs/embedded-parts clean package");
        }
        return found.get(0);
    }

    private List<Path> files(String part, String ending) {
        Path where = folder.resolve(part);
        if (!Files.isDirectory(where)) {
            throw new EmbeddedProblem(
                    "the parts lack " + where + "; build them: ./mvnw -pl libs/embedded-parts package");
        }
        try (Stream<Path> files = Files.list(where)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
