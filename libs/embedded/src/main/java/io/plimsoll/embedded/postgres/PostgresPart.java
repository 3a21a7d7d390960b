package io.plimsoll.embedded.postgres;

import io.plimsoll.embedded.EmbeddedProblem;
import io.plimsoll.embedded.place.Cache;
import io.plimsoll.embedded.place.DatabaseUser;
import io.plimsoll.embedded.place.Folders;
import io.plimsoll.embedded.place.Places;
import io.plimsoll.embedded.place.Secrets;
import io.plimsoll.embedded.place.Unix;
import io.plimsoll.embedded.supervise.Command;
import io.plimsoll.embedded.supervise.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The database server: loopback TCP only (no socket file), passwords by SCRAM, data checksums, the C.UTF-8 collation
 * that needs nothing of the system's.
 */
public final class PostgresPart implements Part {

    public static final String NAME = "postgresql";

    private final Path archive;
    private final Places places;
    private final DatabaseUser user;
    private final int port;
    private final PostgresRoles roles;
    private final Secrets secrets;

    public PostgresPart(Path archive, Places places, DatabaseUser user, int port, Secrets secrets) {
        this.archive = archive;
        this.places = places;
        this.user = user;
        this.port = port;
        this.secrets = secrets;
        this.roles = new PostgresRoles(port, secrets);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<String> needs() {
        return List.of();
    }

    /** Names of services whose role and schema are to be there once this part is ready. */
    public PostgresPart withSchemasOf(List<String> services) {
        roles.expect(services);
        return this;
    }

    /** Access of one service; makes its role and schema when the server runs and they are missing. */
    public DatabaseAccess access(String service) {
        return roles.access(service);
    }

    /** Access to the database of its own that Keycloak has. */
    public DatabaseAccess keycloak() {
        return roles.keycloak();
    }

    @Override
    public void prepare(Consumer<String> tell) throws IOException, InterruptedException {
        if (user.dropped() && !Unix.onPath("setpriv")) {
            throw new EmbeddedProblem("setpriv is missing (package util-linux): the database refuses to run as root,"
                    + " and setpriv runs it as nobody; install it, or start as an ordinary user");
        }
        PostgresInstall install = install();
        if (Postmaster.stop(pgdata(), stopWithin())) {
            tell.accept("stopped the server an earlier run left");
        }
        if (Files.exists(pgdata().resolve("PG_VERSION"))) {
            return;
        }
        user.own(home());
        // Made aside and moved when whole: a folder that is there is one that works.
        Path draft = home().resolve("data.draft");
        Folders.delete(draft);
        Path password = home().resolve("password");
        Files.writeString(password, secrets.of(PostgresRoles.SUPERUSER_SECRET));
        user.give(password, "rw-------");
        try {
            List<String> line = new ArrayList<>(user.prefix());
            line.addAll(List.of(
                    install.initdb(),
                    "--pgdata=" + draft,
                    "--username=" + PostgresRoles.SUPERUSER,
                    "--auth=scram-sha-256",
                    "--pwfile=" + password,
                    "--encoding=UTF8",
                    "--locale-provider=builtin",
                    "--locale=C.UTF-8",
                    "--data-checksums"));
            new Command(line, Map.of("TZ", "UTC"), home())
                    .runToEnd(places.log().resolve(NAME + ".log"), Duration.ofMinutes(3));
        } finally {
            Files.deleteIfExists(password);
        }
        Files.move(draft, pgdata());
    }

    @Override
    public Command command() throws IOException, InterruptedException {
        Postmaster.stop(pgdata(), stopWithin());
        List<String> line = new ArrayList<>(user.prefix());
        line.addAll(List.of(install().server(), "-D", pgdata().toString(), "-p", Integer.toString(port)));
        for (String setting : List.of(
                "listen_addresses=127.0.0.1",
                "unix_socket_directories=",
                // Not in /dev/shm, where a killed server leaves its segments behind.
                "dynamic_shared_memory_type=mmap",
                "max_connections=200",
                "shared_buffers=64MB",
                "max_wal_size=256MB",
                "timezone=UTC",
                "log_timezone=UTC")) {
            line.add("-c");
            line.add(setting);
        }
        return new Command(line, Map.of("TZ", "UTC"), home());
    }

    @Override
    public boolean ready() {
        return roles.answers(pgdata());
    }

    @Override
    public void settle() {
        roles.ensure();
    }

    @Override
    public Duration startWithin() {
        // After a crash it replays its log first; 256 MiB of it on a slow disk.
        return Duration.ofMinutes(2);
    }

    @Override
    public Duration stopWithin() {
        return Duration.ofSeconds(30);
    }

    /** Fast shutdown: sessions are ended, the checkpoint is written. */
    @Override
    public String stopSignal() {
        return "INT";
    }

    @Override
    public String address() {
        return "127.0.0.1:" + port;
    }

    private PostgresInstall install() throws IOException {
        return PostgresInstall.in(new Cache(places.cache()), archive);
    }

    private Path home() {
        return places.data().resolve("postgresql");
    }

    private Path pgdata() {
        return home().resolve("data");
    }
}
