package io.plimsoll.scanning.catalogue.language;

import io.plimsoll.scanning.catalogue.FileContent;
import io.plimsoll.scanning.catalogue.Findings;
import io.plimsoll.scanning.document.Documents;
import io.plimsoll.scanning.document.Node;
import io.plimsoll.scanning.pack.PackageKind;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Lock files of Cargo, Composer, NuGet, Conan and Gradle, one reader each. */
public final class LockFiles {

    private LockFiles() {}

    /** {@code Cargo.lock}; packages without a source are the workspace's own. */
    public static void readCargo(FileContent file, Findings into) throws IOException {
        for (Node crate : Documents.toml(file.stream()).get("package").items()) {
            if (crate.get("source").isPresent()) {
                into.add(PackageKind.CARGO, "", crate.text("name"), crate.text("version"));
            }
        }
    }

    /** {@code composer.lock} and {@code vendor/composer/installed.json} of Composer 1 (a list) and 2. */
    public static void readComposer(FileContent file, Findings into) throws IOException {
        Node root = Documents.json(file.stream());
        Set<String> development = new HashSet<>();
        root.get("dev-package-names").items().forEach(name -> development.add(name.text()));
        composer(root.items(), into, development, false);
        composer(root.get("packages").items(), into, development, false);
        composer(root.get("packages-dev").items(), into, development, true);
    }

    private static void composer(List<Node> packages, Findings into, Set<String> development, boolean allDevelopment) {
        for (Node written : packages) {
            String name = written.text("name");
            int slash = name.indexOf('/');
            into.add(
                    PackageKind.COMPOSER,
                    slash < 0 ? "" : name.substring(0, slash),
                    name.substring(slash + 1),
                    written.text("version"),
                    written.get("license").items().stream().map(Node::text).toList(),
                    allDevelopment || development.contains(name));
        }
    }

    /** {@code *.deps.json}: {@code libraries} of type package; projects are the application's own. */
    public static void readDepsJson(FileContent file, Findings into) throws IOException {
        Documents.json(file.stream()).get("libraries").members().forEach((key, written) -> {
            int slash = key.lastIndexOf('/');
            if (slash > 0 && written.text("type").equals("package")) {
                into.add(PackageKind.NUGET, "", key.substring(0, slash), key.substring(slash + 1));
            }
        });
    }

    /** {@code packages.lock.json}: per framework, what was resolved. */
    public static void readNuget(FileContent file, Findings into) throws IOException {
        for (Node framework :
                Documents.json(file.stream()).get("dependencies").members().values()) {
            framework.members().forEach((name, written) -> {
                if (!written.text("type").equals("Project")) {
                    into.add(PackageKind.NUGET, "", name, written.text("resolved"));
                }
            });
        }
    }

    /** {@code conan.lock} of Conan 1 ({@code graph_lock}) and 2 ({@code requires}). */
    public static void readConan(FileContent file, Findings into) throws IOException {
        Node root = Documents.json(file.stream());
        for (Node node : root.get("graph_lock").get("nodes").members().values()) {
            conan(node.text("ref"), into, false);
        }
        for (Map.Entry<String, Boolean> section : Map.of(
                        "requires", false, "build_requires", true, "python_requires", true)
                .entrySet()) {
            root.get(section.getKey()).items().forEach(written -> conan(written.text(), into, section.getValue()));
        }
    }

    /** {@code name/version[@user/channel][#revision][%time]}. */
    private static void conan(String reference, Findings into, boolean development) {
        String bare = reference.split("[@#%]", 2)[0];
        int slash = bare.indexOf('/');
        if (slash > 0) {
            into.add(
                    PackageKind.CONAN, "", bare.substring(0, slash), bare.substring(slash + 1), List.of(), development);
        }
    }

    /** {@code gradle.lockfile}: {@code group:artifact:version=configurations}. */
    public static void readGradle(FileContent file, Findings into) {
        for (String line : file.lines()) {
            String[] parts = line.split("=", 2)[0].split(":", -1);
            if (!line.startsWith("#") && parts.length == 3) {
                into.add(PackageKind.MAVEN, parts[0], parts[1], parts[2]);
            }
        }
    }
}
