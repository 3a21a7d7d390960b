package io.plimsoll.embedded.keycloak;

import io.plimsoll.embedded.place.Cache;
import io.plimsoll.embedded.place.PartsFolder;
import io.plimsoll.embedded.place.Places;
import io.plimsoll.embedded.place.Ports;
import io.plimsoll.embedded.place.Secrets;
import io.plimsoll.embedded.place.Unix;
import io.plimsoll.embedded.postgres.DatabaseAccess;
import io.plimsoll.embedded.postgres.PostgresPart;
import io.plimsoll.embedded.service.HttpProbe;
import io.plimsoll.embedded.supervise.Command;
import io.plimsoll.embedded.supervise.Part;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Keycloak on loopback, on the platform's own database, with the realm of {@code deploy/keycloak}. The realm is created
 * when it is missing; later, only what is missing in it is added.
 */
public final class KeycloakPart implements Part {

    public static final String NAME = "keycloak";
    public static final String REALM = "plimsoll";

    private static final String ADMINISTRATOR = "administrator";

    private final PartsFolder parts;
    private final Places places;
    private final Ports ports;
    private final Secrets secrets;
    private final DatabaseAccess database;
    private final RealmChoice choice;
    private final Administration administration;

    /**
     * What the realm is filled with.
     *
     * @param services each has a client of its own
     * @param console where browsers come back to
     * @param demo whether people and teams to try with are added
     */
    public record RealmChoice(List<String> services, URI console, boolean demo) {
        public RealmChoice {
            services = List.copyOf(services);
        }
    }

    public KeycloakPart(
            PartsFolder parts,
            Places places,
            Ports ports,
            Secrets secrets,
            DatabaseAccess database,
            RealmChoice choice) {
        this.parts = parts;
        this.places = places;
        this.ports = ports;
        this.secrets = secrets;
        this.database = database;
        this.choice = choice;
        this.administration = new Administration(URI.create(address()));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<String> needs() {
        return List.of(PostgresPart.NAME);
    }

    public KeycloakAccess access() {
        return new KeycloakAccess(
                URI.create(address() + "/realms/" + REALM), administration, secrets, ADMINISTRATOR, choice.demo());
    }

    @Override
    public void prepare(Consumer<String> tell) throws IOException {
        KeycloakInstall install = install(tell);
        // A home of its own for what it writes, the rest from the cache: many data folders share one build.
        Unix.createFolder(home(), "rwx------");
        Unix.createFolder(home().resolve("data"), "rwx------");
        for (String shared : List.of("lib", "themes", "providers", "conf")) {
            Path link = home().resolve(shared);
            Path target = install.folder().resolve(shared);
            if (Files.isSymbolicLink(link) && Files.readSymbolicLink(link).equals(target)) {
                continue;
            }
            Files.deleteIfExists(link);
            Files.createSymbolicLink(link, target);
        }
    }

    @Override
    public Command command() throws IOException {
        List<String> line = new ArrayList<>(install(told -> {}).java(home(), "256m"));
        line.addAll(List.of(
                "start",
                "--optimized",
                "--http-enabled=true",
                "--hostname=" + address(),
                "--http-host=127.0.0.1",
                "--http-port=" + ports.keycloak(),
                "--http-management-host=127.0.0.1",
                "--http-management-port=" + ports.keycloakManagement()));
        // By environment: a command line is everybody's to read.
        Map<String, String> environment = Map.of(
                // Not a build option: without it, it listens for others of a cluster on all interfaces.
                "KC_CACHE",
                "local",
                "KC_DB_URL",
                database.jdbcUrl(),
                "KC_DB_USERNAME",
                database.user(),
                "KC_DB_PASSWORD",
                database.password(),
                "KC_DB_POOL_MAX_SIZE",
                "20",
                "KC_LOG_LEVEL",
                "info,io.smallrye.health:warn",
                "KC_BOOTSTRAP_ADMIN_USERNAME",
                ADMINISTRATOR,
                "KC_BOOTSTRAP_ADMIN_PASSWORD",
                secrets.of(KeycloakAccess.ADMINISTRATOR_SECRET));
        return new Command(line, environment, home());
    }

    @Override
    public boolean ready() {
        return HttpProbe.answers(URI.create("http://127.0.0.1:" + ports.keycloakManagement() + "/health/ready"));
    }

    @Override
    public void settle() throws IOException, InterruptedException {
        String token = administration.token(
                "master",
                Map.of(
                        "grant_type",
                        "password",
                        "client_id",
                        "admin-cli",
                        "username",
                        ADMINISTRATOR,
                        "password",
                        secrets.of(KeycloakAccess.ADMINISTRATOR_SECRET)));
        Map<String, String> values = values();
        String realm = RealmText.of(parts.realm(), values);
        if (!administration.realmExists(REALM, token)) {
            administration.createRealm(realm, token);
        } else {
            administration.addMissing(REALM, realm, token);
        }
        if (choice.demo()) {
            administration.addMissing(REALM, RealmText.of(parts.demoRealm(), values), token);
        }
    }

    private Map<String, String> values() {
        Map<String, String> values = new HashMap<>();
        values.put("PLIMSOLL_CONSOLE_URL", choice.console().toString());
        for (String service : choice.services()) {
            values.put(
                    "PLIMSOLL_" + service.toUpperCase(Locale.ROOT).replace('-', '_') + "_SECRET",
                    secrets.of(KeycloakAccess.CLIENT_SECRET + service));
        }
        for (String user : KeycloakAccess.DEMO_USERS) {
            values.put(
                    "PLIMSOLL_DEMO_" + user.toUpperCase(Locale.ROOT).replace('-', '_') + "_PASSWORD",
                    secrets.of(KeycloakAccess.USER_SECRET + user));
        }
        return values;
    }

    @Override
    public Duration startWithin() {
        // The first start makes a hundred tables.
        return Duration.ofMinutes(4);
    }

    @Override
    public Duration stopWithin() {
        return Duration.ofSeconds(20);
    }

    @Override
    public String address() {
        return "http://127.0.0.1:" + ports.keycloak();
    }

    private KeycloakInstall install(Consumer<String> tell) throws IOException {
        return KeycloakInstall.in(
                new Cache(places.cache()), parts.keycloakArchive(), places.log().resolve(NAME + ".log"), tell);
    }

    private Path home() {
        return places.data().resolve("keycloak");
    }
}
