package io.plimsoll.embedded.keycloak;

import io.plimsoll.embedded.place.Archives;
import io.plimsoll.embedded.place.Cache;
import io.plimsoll.embedded.place.Unix;
import io.plimsoll.embedded.supervise.Command;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Keycloak unpacked and built for PostgreSQL, in the cache by version; only read from then on. */
record KeycloakInstall(Path folder) {

    /** Part of the folder's name: raise it when the options of the build change. */
    private static final String BUILD = "postgres-1";

    private static final long UNPACKED_BYTES = 450L << 20;

    static KeycloakInstall in(Cache cache, Path archive, Path log, Consumer<String> tell) throws IOException {
        String name = String.valueOf(archive.getFileName())
                .replace("keycloak-quarkus-dist-", "keycloak-")
                .replace(".zip", "-" + BUILD);
        return new KeycloakInstall(cache.entry(name, UNPACKED_BYTES, empty -> {
            tell.accept("unpacking and building it, once for this version");
            Archives.unpackZip(archive, empty);
            build(empty, log);
        }));
    }

    private static void build(Path home, Path log) throws IOException {
        List<String> line = new ArrayList<>(java(home, home, "256m"));
        line.addAll(List.of("build", "--db=postgres", "--health-enabled=true", "--metrics-enabled=true"));
        try {
            new Command(line, Map.of(), home).runToEnd(log, Duration.ofMinutes(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while Keycloak was built", e);
        }
    }

    /**
     * The start of a command line. Its own script would stay between the supervisor and the process, and would choose
     * another collector.
     *
     * @param home the folder whose {@code data} it writes to
     */
    List<String> java(Path home, String heapMax) {
        return java(folder, home, heapMax);
    }

    private static List<String> java(Path install, Path home, String heapMax) {
        return List.of(
                Unix.java().toString(),
                "-Xms64m",
                "-Xmx" + heapMax,
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:MaxMetaspaceSize=256m",
                "-XX:+ExitOnOutOfMemoryError",
                "-Dfile.encoding=UTF-8",
                "-Djava.util.concurrent.ForkJoinPool.common.threadFactory="
                        + "io.quarkus.bootstrap.forkjoin.QuarkusForkJoinWorkerThreadFactory",
                "--add-opens=java.base/java.util=ALL-UNNAMED",
                "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
                "--add-opens=java.base/java.security=ALL-UNNAMED",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "--enable-native-access=ALL-UNNAMED",
                "-Duser.language=en",
                "-Duser.country=US",
                // A database that was killed leaves dead connections in the pool; without it each fails one request.
                "-Dquarkus.datasource.jdbc.validate-on-borrow=true",
                "-Dkc.home.dir=" + home,
                "-cp",
                install.resolve("lib/quarkus-run.jar").toString(),
                "io.quarkus.bootstrap.runner.QuarkusEntryPoint");
    }
}
