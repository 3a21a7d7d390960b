package io.plimsoll.images;

import com.google.cloud.tools.jib.api.CacheDirectoryCreationException;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainer;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import com.google.cloud.tools.jib.api.buildplan.ImageFormat;
import com.google.cloud.tools.jib.api.buildplan.Platform;
import com.google.cloud.tools.jib.api.buildplan.Port;
import io.plimsoll.embedded.service.RehearsalStage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One service as an image. Layers from what changes least to what changes most: base, libraries, application and, where it is wanted, what a
 * start taught its JVM. Times, owners and order are fixed: the same input gives the same digest, that last layer aside.
 */
public final class ServiceImage {

    private static final FilePermissions EXECUTABLE = FilePermissions.fromOctalString("755");
    private static final FilePermissions READABLE = FilePermissions.fromOctalString("644");

    private final ImageSettings settings;
    private final Path work;
    private final @Nullable RehearsalStage stage;

    /**
     * @param work a folder for what is needed on the way; kept, so that the next build of the same is quick
     * @param stage where the service is started once, for an image with a start cache
     */
    public ServiceImage(ImageSettings settings, Path work, @Nullable RehearsalStage stage) {
        this.settings = settings;
        this.work = work;
        this.stage = stage;
    }

    /**
     * Writes the image as an archive of an OCI layout.
     *
     * @param architecture one of those of the settings
     * @return its digest, {@code sha256:…}
     * @throws IOException when the service was not built, a part is missing or the base cannot be had, naming it
     */
    public String write(Path archive, String architecture) throws IOException, InterruptedException {
        Path application = settings.application();
        if (!Files.isRegularFile(application.resolve("quarkus-run.jar"))) {
            throw new IOException("no service at " + application + ": build it first");
        }
        try {
            JibContainerBuilder builder = base(architecture);
            builder.addFileEntriesLayer(folders("libraries", application, List.of("lib")))
                    .addFileEntriesLayer(
                            folders("application", application, List.of("app", "quarkus", "quarkus-run.jar")));
            if (settings.startCache()) {
                builder.addFileEntriesLayer(startLayer(application));
            }
            builder.setEntrypoint(entrypoint())
                    .setUser(ImageSettings.USER)
                    .setWorkingDirectory(AbsoluteUnixPath.get("/app"))
                    .setLabels(settings.labels())
                    .setExposedPorts(Set.of(Port.tcp(ImageSettings.PORT)))
                    .addEnvironmentVariable("PLIMSOLL_HOST", "0.0.0.0")
                    .addEnvironmentVariable("PLIMSOLL_PORT", Integer.toString(ImageSettings.PORT))
                    .addEnvironmentVariable("PLIMSOLL_DATA", "/data")
                    .setFormat(ImageFormat.OCI);
            Files.createDirectories(archive.toAbsolutePath().getParent());
            JibContainer built = builder.containerize(
                    Containerizer.to(TarImage.at(archive).named("plimsoll/" + settings.service() + ":" + tag()))
                            .setOfflineMode(settings.local())
                            .setBaseImageLayersCache(work.resolve("base-layers"))
                            .setApplicationLayersCache(work.resolve("layers"))
                            .setToolName("plimsoll"));
            return built.getDigest().toString();
        } catch (InvalidImageReferenceException e) {
            throw new IOException("no image reference: " + settings.base(), e);
        } catch (RegistryException | CacheDirectoryCreationException | ExecutionException e) {
            throw new IOException(
                    "the image of " + settings.service() + " cannot be built on " + settings.base() + ": "
                            + e.getMessage(),
                    e);
        }
    }

    private FileEntriesLayer startLayer(Path application) throws IOException, InterruptedException {
        if (stage == null) {
            throw new IOException(
                    "a start cache of " + settings.service() + " needs a database and a broker to start it with");
        }
        Path cache = StartLayer.make(
                settings.service(),
                work.resolve("base"),
                application,
                runtimeOptions(),
                stage,
                work.resolve("start").resolve(settings.service()));
        return FileEntriesLayer.builder()
                .setName("start")
                .addEntry(cache, AbsoluteUnixPath.get(ImageSettings.CACHE), READABLE)
                .build();
    }

    private String tag() {
        return settings.version().replaceAll("[^A-Za-z0-9_.-]", "-");
    }

    private JibContainerBuilder base(String architecture) throws IOException, InvalidImageReferenceException {
        Set<Platform> platform = Set.of(new Platform(architecture, "linux"));
        if (!settings.local()) {
            return Jib.from(settings.base().replace("ARCH", architecture)).setPlatforms(platform);
        }
        Path root = work.resolve("base");
        if (!Files.isDirectory(root)) {
            Path made = Files.createTempDirectory(Files.createDirectories(work), "base");
            LocalBase.make(made);
            Files.move(made, root);
        }
        JibContainerBuilder builder = Jib.fromScratch().setPlatforms(platform);
        FileEntriesLayer.Builder layer = FileEntriesLayer.builder().setName("base");
        for (String top : List.of("opt", "lib", "lib64", "etc", "var", "tmp", "data")) {
            if (Files.exists(root.resolve(top))) {
                add(layer, root.resolve(top), "/" + top);
            }
        }
        return builder.addFileEntriesLayer(layer.build());
    }

    private static FileEntriesLayer folders(String name, Path application, List<String> tops) throws IOException {
        FileEntriesLayer.Builder layer = FileEntriesLayer.builder().setName(name);
        for (String top : tops) {
            add(layer, application.resolve(top), "/app/" + top);
        }
        return layer.build();
    }

    /** In the order of names, whatever the file system's is. */
    private static void add(FileEntriesLayer.Builder layer, Path from, String to) throws IOException {
        List<Path> files;
        try (Stream<Path> found = Files.walk(from)) {
            files = found.sorted().toList();
        }
        for (Path file : files) {
            String relative = from.relativize(file).toString();
            AbsoluteUnixPath place = AbsoluteUnixPath.get(relative.isEmpty() ? to : to + "/" + relative);
            boolean runs = Files.isDirectory(file) || Files.isExecutable(file);
            // What a service writes to is its user's; all else is root's, and a read-only root loses nothing.
            boolean own = to.equals("/tmp") || to.equals("/data");
            layer.addEntry(
                    file,
                    place,
                    runs ? EXECUTABLE : READABLE,
                    FileEntriesLayer.DEFAULT_MODIFICATION_TIME,
                    own ? ImageSettings.USER : "");
        }
    }

    private List<String> entrypoint() {
        List<String> command = new ArrayList<>();
        command.add(settings.local() ? LocalBase.JAVA + "/bin/java" : "java");
        command.addAll(runtimeOptions());
        if (settings.startCache()) {
            command.add("-XX:AOTCache=" + ImageSettings.CACHE);
        }
        command.addAll(List.of("-jar", "/app/quarkus-run.jar"));
        return command;
    }

    private List<String> runtimeOptions() {
        // A library still uses memory access that newer JDKs warn of; older ones do not know the option.
        return settings.local() && Runtime.version().feature() >= 23
                ? List.of("--sun-misc-unsafe-memory-access=allow")
                : List.of();
    }
}
