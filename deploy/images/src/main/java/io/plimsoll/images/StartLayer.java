package io.plimsoll.images;

import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import io.plimsoll.embedded.EmbeddedProblem;
import io.plimsoll.embedded.place.Folders;
import io.plimsoll.embedded.service.PlatformServices;
import io.plimsoll.embedded.service.Rehearsal;
import io.plimsoll.embedded.service.RehearsalStage;
import io.plimsoll.embedded.service.ServiceProcess;
import io.plimsoll.embedded.service.StartCache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a start of a service teaches its JVM, made by the runtime and of the files that the image will hold: their times are part of what the JVM
 * compares, their folder is not as long as all share it.
 */
final class StartLayer {

    /** As the chart starts it; the collector is not compared, the layout of references is. */
    private static final List<String> OPTIONS = List.of("-XX:+UseSerialGC", "-Xmx160m");

    private static final FileTime TIME = FileTime.from(FileEntriesLayer.DEFAULT_MODIFICATION_TIME);

    private StartLayer() {}

    /**
     * @param base root of the local base
     * @param application what the build of the service wrote
     * @param runtimeOptions further options of the image's own command
     * @param stage database and broker to start it with
     * @param work a folder that this fills
     * @return the cache's file
     * @throws IOException when the service does not start
     */
    static Path make(
            String service, Path base, Path application, List<String> runtimeOptions, RehearsalStage stage, Path work)
            throws IOException, InterruptedException {
        Folders.delete(work);
        Path app = work.resolve("app");
        copy(application, app);
        Path java = base.resolve(LocalBase.JAVA.substring(1)).resolve("bin/java");
        Files.setLastModifiedTime(java.resolveSibling("../lib/modules").normalize(), TIME);
        ServiceProcess built = new PlatformServices(work, Map.of())
                .on(stage.machine()).stream()
                        .filter(each -> each.name().equals(service))
                        .findFirst()
                        .orElseThrow(() -> new IOException("not a service: " + service));
        Map<String, String> environment = new HashMap<>(built.environment());
        environment.put("PLIMSOLL_DATA", work.resolve("data").toString());
        List<String> options =
                Stream.concat(OPTIONS.stream(), runtimeOptions.stream()).toList();
        ServiceProcess rehearsed = new ServiceProcess(
                service,
                app.resolve("quarkus-run.jar"),
                options,
                environment,
                built.port(),
                built.readiness(),
                built.startWithin(),
                built.needs());
        StartCache cache = new StartCache(work.resolve("start.aot"));
        try {
            new Rehearsal(java, rehearsed, stage.work()).make(cache);
        } catch (EmbeddedProblem e) {
            throw new IOException(e.getMessage(), e);
        }
        return cache.file();
    }

    private static void copy(Path from, Path to) throws IOException {
        List<Path> files;
        try (Stream<Path> found = Files.walk(from)) {
            files = found.sorted().toList();
        }
        for (Path file : files) {
            Path copied = to.resolve(from.relativize(file).toString());
            if (Files.isDirectory(file)) {
                Files.createDirectories(copied);
            } else {
                Files.copy(file, copied, StandardCopyOption.REPLACE_EXISTING);
                Files.setLastModifiedTime(copied, TIME);
            }
        }
    }
}
