package io.plimsoll.testing.image;

import io.plimsoll.testing.Fixtures;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The real image: made by {@code demo-image.sh} with Debian's own tools, once per build folder. What is in it is known: the
 * Debian packages from its own dpkg status, the rest from the archives themselves.
 */
public final class DemoImage {

    private static final List<String> TOOLS = List.of("debootstrap", "umoci", "skopeo", "docker-registry");
    private static final long MINUTES_MAX = 8;

    private final Path folder;

    private DemoImage(Path folder) {
        this.folder = folder;
    }

    /** What keeps the image from being made here; empty when nothing does. */
    public static List<String> missing() {
        List<String> missing = new ArrayList<>();
        for (String tool : TOOLS) {
            if (Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                    .noneMatch(at -> Files.isExecutable(Path.of(at, tool)))) {
                missing.add(tool);
            }
        }
        if (!Files.isDirectory(jars())) {
            missing.add("its jars (the profile image copies them)");
        }
        if (!System.getProperty("user.name", "").equals("root")) {
            missing.add("being root, which debootstrap must be");
        }
        return missing;
    }

    private static Path build() {
        return Fixtures.repository().resolve("services/cli/target");
    }

    private static Path jars() {
        return build().resolve("demo-jars");
    }

    /** Makes the image, or takes the one an earlier run made by the same script. */
    public static DemoImage make() throws IOException, InterruptedException {
        Path script = Fixtures.repository().resolve("libs/scanning/src/bench/demo-image.sh");
        Path folder = build().resolve("demo-image");
        Path madeBy = folder.resolve("made-by");
        String wanted = Files.readString(script);
        if (!Files.exists(madeBy) || !Files.readString(madeBy).equals(wanted)) {
            Files.createDirectories(folder);
            run(folder.resolve("log"), "sh", script.toString(), folder.toString(), jars().toString());
            Files.writeString(madeBy, wanted);
        }
        return new DemoImage(folder);
    }

    public Path layout() {
        return folder.resolve("layout");
    }

    /** Pushes it, as whoever builds images would. */
    public void push(DebianRegistry registry, String name) throws IOException, InterruptedException {
        run(
                folder.resolve("push.log"),
                "skopeo",
                "copy",
                "-q",
                "--dest-tls-verify=false",
                "--dest-creds",
                DebianRegistry.USER + ":" + DebianRegistry.PASSWORD,
                "oci:" + layout() + ":demo",
                "docker://" + registry.host() + "/" + name);
    }

    /** {@code name version architecture} of every package that dpkg in the image says is installed. */
    public Set<String> debianPackages() throws IOException {
        Set<String> packages = new TreeSet<>();
        for (String paragraph :
                Files.readString(folder.resolve("rootfs/var/lib/dpkg/status")).split("\n\n")) {
            if (field(paragraph, "Status").equals("install ok installed")) {
                packages.add(field(paragraph, "Package") + " " + field(paragraph, "Version") + " "
                        + field(paragraph, "Architecture"));
            }
        }
        return packages;
    }

    /** The distinct {@code group:artifact:version} of the archives' own pom.properties. */
    public static Set<String> mavenIdentities() throws IOException {
        Path file = Fixtures.repository()
                .resolve("libs/scanning/src/test/resources/io/plimsoll/scanning/match/demo-image-maven.txt");
        Set<String> identities = new TreeSet<>(Files.readAllLines(file));
        identities.removeIf(line -> line.startsWith("#"));
        return identities;
    }

    private static String field(String paragraph, String name) {
        return paragraph
                .lines()
                .filter(line -> line.startsWith(name + ": "))
                .map(line -> line.substring(name.length() + 2).strip())
                .findFirst()
                .orElse("");
    }

    private static void run(Path log, String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            if (!process.waitFor(MINUTES_MAX, TimeUnit.MINUTES) || process.exitValue() != 0) {
                throw new IllegalStateException(String.join(" ", command) + ": " + Files.readString(log));
            }
        } finally {
            process.destroyForcibly();
        }
    }
}
