package io.plimsoll.cli.up;

import io.plimsoll.cli.ExitCode;
import io.plimsoll.cli.UsageProblem;
import io.plimsoll.embedded.EmbeddedProblem;
import io.plimsoll.embedded.OneMachine;
import io.plimsoll.embedded.keycloak.KeycloakAccess;
import io.plimsoll.embedded.place.Places;
import io.plimsoll.embedded.service.PlatformServices;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code plimsoll up}: starts the platform's parts on loopback and watches over them until it is stopped. */
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        description = "Runs the whole platform on this machine: PostgreSQL, Kafka, Keycloak and the services,"
                + " each a process of its own on loopback.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  plimsoll up --demo",
            "  plimsoll up --connectors connectors.yaml",
            "  plimsoll up --kubeconfig ~/.kube/config --context prod --cluster prod",
            "  plimsoll up --only infra",
            "  plimsoll up --only infra --demo --data /srv/plimsoll --port-base 30000",
            "",
            "Ctrl-C, or plimsoll down from elsewhere, stops all of it; the data stay. What dies is started again.",
            "Exit codes: 0 stopped cleanly, 1 could not be started, 64 wrong usage, 70 internal fault"
        })
public final class UpCommand implements Callable<Integer> {

    /** What can be started without the rest. */
    enum Only {
        infra
    }

    @Mixin
    private DataFolder data = new DataFolder();

    @Option(names = "--only", paramLabel = "infra", description = "Start the infrastructure alone, for development.")
    private @Nullable Only only;

    @Option(
            names = "--demo",
            description = "Add people and teams to try with to the realm, and load the sample estate.")
    private boolean demo;

    @Mixin
    private WatchedCluster watched = new WatchedCluster();

    @Option(
            names = "--port-base",
            paramLabel = "N",
            description = "First of 30 ports (default: as last time, else 27400).")
    private @Nullable Integer portBase;

    @Option(
            names = "--connectors",
            paramLabel = "FILE",
            description =
                    "The registries that images may be read from (plimsoll.connectors/v1); without it none is asked.")
    private @Nullable Path connectors;

    @Option(
            names = "--feeds",
            paramLabel = "DIR",
            description = "Where plimsoll feeds import put them (default: feeds in the data folder).")
    private @Nullable Path feeds;

    private PlatformServices services() {
        PlatformServices built = PlatformServices.built()
                .with(
                        "PLIMSOLL_IMAGE_FEEDS",
                        (feeds == null ? data.path().resolve("feeds") : feeds)
                                .toAbsolutePath()
                                .toString());
        return connectors == null
                ? built
                : built.with(
                        "PLIMSOLL_IMAGE_CONNECTORS", connectors.toAbsolutePath().toString());
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (connectors != null && !Files.isReadable(connectors)) {
            throw new UsageProblem(connectors + ": no such file, or not readable");
        }
        long begun = System.nanoTime();
        OneMachine machine;
        Progress progress = Progress.on(System.err);
        try {
            machine = OneMachine.start(
                    new OneMachine.Wish(
                            new Places(data.path(), Places.defaultCache()),
                            portBase == null ? OptionalInt.empty() : OptionalInt.of(portBase),
                            true,
                            demo),
                    progress,
                    line -> System.err.println("plimsoll: " + line));
        } catch (EmbeddedProblem e) {
            System.err.println("plimsoll: " + e.getMessage());
            return ExitCode.NOTHING_USABLE;
        }
        Thread stop = new Thread(
                () -> {
                    progress.stopping();
                    machine.close();
                },
                "plimsoll-stop");
        Runtime.getRuntime().addShutdownHook(stop);
        try {
            if (only == null) {
                machine.add(services().on(machine));
            }
            machine.awaitReady();
        } catch (EmbeddedProblem e) {
            System.err.println("plimsoll: " + e.getMessage());
            machine.close();
            return ExitCode.NOTHING_USABLE;
        }
        progress.ready();
        addresses(machine, (System.nanoTime() - begun) / 1_000_000_000.0);
        if (only != null) {
            Path folder = new PlatformServices(Path.of(""), Map.of()).writeEnvironments(machine);
            System.out.println("  develop     . " + folder.resolve("SERVICE.sh")
                    + " && ./mvnw -pl services/SERVICE -am quarkus:dev");
        }
        if (only == null && demo) {
            load(machine);
        }
        if (only == null && watched.isWanted()) {
            watch(machine);
        }
        machine.awaitEnd();
        return ExitCode.DONE;
    }

    /** The platform runs on without its sample estate: whoever started it is told, and may load their own. */
    private static void load(OneMachine machine) throws InterruptedException {
        try {
            KeycloakAccess keycloak = machine.keycloak().access();
            GatewayClient gateway = new GatewayClient(gateway(machine), () -> keycloak.userToken("admin"));
            List<String> clusters = DemoEstate.find().load(gateway);
            System.out.println("  sample estate loaded: clusters " + String.join(", ", clusters));
        } catch (IOException | EmbeddedProblem e) {
            System.err.println("plimsoll: the sample estate could not be loaded: " + e.getMessage());
        }
    }

    /** The platform runs on without its sensor: whoever started it is told. */
    private void watch(OneMachine machine) throws InterruptedException {
        try {
            KeycloakAccess keycloak = machine.keycloak().access();
            GatewayClient gateway = new GatewayClient(gateway(machine), () -> keycloak.serviceToken("gateway"));
            machine.add(List.of(watched.sensor(machine, gateway, data.path())));
            System.out.println("  a sensor watches cluster " + watched.cluster());
        } catch (IOException | EmbeddedProblem e) {
            System.err.println("plimsoll: the cluster cannot be watched: " + e.getMessage());
        }
    }

    private static URI gateway(OneMachine machine) {
        return URI.create("http://127.0.0.1:" + machine.ports().service(OneMachine.SERVICES.indexOf("gateway")));
    }

    /** What a shell needs to get a token as the platform's administrator. */
    private static String tokenCommand(KeycloakAccess keycloak) {
        return "TOKEN=$(curl -s -d grant_type=password -d client_id=plimsoll-demo -d username=admin -d password="
                + keycloak.userPassword("admin") + " " + keycloak.issuer()
                + "/protocol/openid-connect/token | sed 's/.*\"access_token\":\"\\([^\"]*\\).*/\\1/')";
    }

    private void addresses(OneMachine machine, double seconds) {
        KeycloakAccess keycloak = machine.keycloak().access();
        PrintStream out = System.out;
        out.printf("ready after %.1f s, data in %s%n", seconds, data.path());
        if (only == null) {
            out.println("  gateway     " + gateway(machine) + " (REST below /api/v1, gRPC, events)");
        }
        out.println("  PostgreSQL  " + machine.postgres().address() + ", one schema and role a service");
        out.println("  Kafka       " + machine.kafka().bootstrapServers());
        out.println("  Keycloak    " + keycloak.issuer() + ", administrator: " + keycloak.administrator());
        if (demo) {
            KeycloakAccess.DEMO_USERS.forEach(
                    user -> out.printf("  log in as   %-12s %s%n", user, keycloak.userPassword(user)));
        }
        out.println("  passwords   " + machine.secrets().file());
        if (only == null && demo) {
            out.println("  a token     " + tokenCommand(keycloak));
            out.println(
                    "  try         curl -H \"Authorization: Bearer $TOKEN\" " + gateway(machine) + "/api/v1/scopes");
        }
        out.println("stop with Ctrl-C or: plimsoll down --data " + data.path());
    }
}
