package io.plimsoll.embedded.service;

import io.plimsoll.embedded.EmbeddedProblem;
import io.plimsoll.embedded.OneMachine;
import io.plimsoll.embedded.place.Unix;
import io.plimsoll.embedded.postgres.DatabaseAccess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The platform's services as processes of one machine, each told its port, its schema, the broker, the issuer and its own client. What a
 * service reads from the environment is listed here and nowhere else on this side.
 */
public final class PlatformServices {

    /** Keys of the environment by which the gateway finds the others, by service. */
    private static final List<String> BEHIND_THE_GATEWAY =
            List.of("inventory", "config-audit", "network-segmentation", "image-scan", "stage-scoring");

    private static final String SENSOR = "sensor";
    /** Behind the ports of services and their further replicas. */
    private static final int SENSOR_PORT = 8;

    private static final Duration START_WITHIN = Duration.ofSeconds(90);

    /**
     * As the chart does: whoever compiles has a third of a share while others want it (ADR 0016). The collector's thread keeps the ordinary one
     * even where the user may raise it, so that root measures what others get.
     */
    private static final List<String> COMPILING_LAST =
            List.of("-XX:ThreadPriorityPolicy=1", "-XX:CompilerThreadPriority=5", "-XX:VMThreadPriority=0");

    private final Path jars;
    private final Map<String, String> settings;
    private final Map<String, Integer> heaps;
    private final boolean atFullSpeed;

    /**
     * @param jars the project's root: a service's jar lies at {@code services/NAME/target/quarkus-app/quarkus-run.jar}
     * @param settings further environment for every service
     */
    public PlatformServices(Path jars, Map<String, String> settings) {
        this(jars, settings, Map.of(), false);
    }

    private PlatformServices(Path jars, Map<String, String> settings, Map<String, Integer> heaps, boolean atFullSpeed) {
        this.jars = jars;
        this.atFullSpeed = atFullSpeed;
        this.settings = Map.copyOf(settings);
        this.heaps = Map.copyOf(heaps);
    }

    /**
     * Below the project's root ({@code plimsoll.root}).
     *
     * @throws EmbeddedProblem when a service was not built
     */
    public static PlatformServices built() {
        String root = System.getProperty("plimsoll.root");
        if (root == null) {
            throw new EmbeddedProblem("the project's root is not known: set the system property plimsoll.root");
        }
        PlatformServices services = new PlatformServices(Path.of(root), Map.of());
        for (String name : OneMachine.SERVICES) {
            if (!Files.isRegularFile(services.jar(name))) {
                throw new EmbeddedProblem("no jar at " + services.jar(name)
                        + "; build it: ./mvnw -DskipTests -pl services/" + name + " -am package");
            }
        }
        return services;
    }

    /** The same with one more variable for every service. */
    public PlatformServices with(String variable, String value) {
        Map<String, String> more = new LinkedHashMap<>(settings);
        more.put(variable, value);
        return new PlatformServices(jars, more, heaps, atFullSpeed);
    }

    /** The same with another bound of a service's heap, in MiB: what is usual serves estates of some ten thousand objects. */
    public PlatformServices withHeap(String service, int mebibytes) {
        Map<String, Integer> more = new LinkedHashMap<>(heaps);
        more.put(service, mebibytes);
        return new PlatformServices(jars, settings, more, atFullSpeed);
    }

    /** The same with both compilers, as images run: slower to start, faster once it runs. */
    public PlatformServices atFullSpeed() {
        return new PlatformServices(jars, settings, heaps, true);
    }

    /** All services, in the order of the map. */
    public List<ServiceProcess> on(OneMachine machine) {
        List<ServiceProcess> services = new ArrayList<>();
        OneMachine.SERVICES.forEach(name -> services.add(service(machine, name)));
        return services;
    }

    /**
     * Writes what each service is told as a file a shell can read, {@code env/NAME.sh} of the data folder, for a service that is started by hand.
     *
     * @return the folder
     */
    public Path writeEnvironments(OneMachine machine) throws IOException {
        Path folder = machine.places().data().resolve("env");
        Unix.createFolder(folder, "rwx------");
        for (ServiceProcess service : on(machine)) {
            Unix.createFolder(machine.places().data().resolve("services").resolve(service.name()), "rwx------");
            StringBuilder text = new StringBuilder();
            new TreeMap<>(service.environment())
                    .forEach((name, value) -> text.append("export ")
                            .append(name)
                            .append("='")
                            .append(value.replace("'", "'\\''"))
                            .append("'\n"));
            Unix.writePrivately(folder.resolve(service.name() + ".sh"), text.toString());
        }
        return folder;
    }

    /** Another replica of a service, at a port of its own. */
    public ServiceProcess replica(OneMachine machine, String name, int number) {
        int port = machine.ports().service(OneMachine.SERVICES.size() + number);
        return process(machine, name, name + "-" + number, port);
    }

    /**
     * A sensor that watches a cluster from this machine.
     *
     * @param cluster as it is registered
     * @param credential file that holds what inventory issued
     * @param kubeconfig where the cluster is
     * @param context of that file; empty: its current one
     * @throws EmbeddedProblem when the sensor was not built
     */
    public ServiceProcess sensor(OneMachine machine, String cluster, Path credential, Path kubeconfig, String context) {
        if (!Files.isRegularFile(jar(SENSOR))) {
            throw new EmbeddedProblem(
                    "no jar at " + jar(SENSOR) + "; build it: ./mvnw -DskipTests -pl services/sensor -am package");
        }
        int port = machine.ports().service(OneMachine.SERVICES.size() + SENSOR_PORT);
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("PLIMSOLL_HOST", "127.0.0.1");
        environment.put("PLIMSOLL_PORT", Integer.toString(port));
        environment.put("PLIMSOLL_CLUSTER", cluster);
        environment.put("PLIMSOLL_INVENTORY", "127.0.0.1:" + port(machine, "inventory"));
        // Loopback: nobody reads what goes over it.
        environment.put("PLIMSOLL_SENSOR_TLS", "false");
        environment.put("PLIMSOLL_SENSOR_CREDENTIAL_FILE", credential.toString());
        environment.put("PLIMSOLL_KUBECONFIG", kubeconfig.toString());
        environment.put("PLIMSOLL_CONTEXT", context);
        environment.putAll(settings);
        return new ServiceProcess(
                SENSOR,
                jar(SENSOR),
                jvm(SENSOR),
                environment,
                port,
                URI.create("http://127.0.0.1:" + port + "/q/health/ready"),
                START_WITHIN,
                List.of());
    }

    private ServiceProcess service(OneMachine machine, String name) {
        return process(machine, name, name, port(machine, name));
    }

    /** Where what a start of the service taught is kept; {@link ServicePart} uses it where it is there. */
    public StartCache cache(String name) {
        return StartCache.beside(jar(name));
    }

    private ServiceProcess process(OneMachine machine, String name, String process, int port) {
        return new ServiceProcess(
                process,
                jar(name),
                jvm(name),
                environment(machine, name, process, port),
                port,
                URI.create("http://127.0.0.1:" + port + "/q/health/ready"),
                START_WITHIN,
                // Keycloak may come later: a token is verified when the first one arrives.
                List.of("postgresql", "kafka"));
    }

    private static int port(OneMachine machine, String name) {
        return machine.ports().service(OneMachine.SERVICES.indexOf(name));
    }

    private Path jar(String name) {
        return jars.resolve("services").resolve(name).resolve("target/quarkus-app/quarkus-run.jar");
    }

    /** The smallest that serves: the client compiler unless told otherwise, one collector's thread, a heap with a bound. */
    private List<String> jvm(String name) {
        List<String> options = new ArrayList<>(List.of(
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=" + (atFullSpeed ? 4 : 1),
                "-Xmx" + heaps.getOrDefault(name, heap(name)) + "m",
                "-XX:+ExitOnOutOfMemoryError",
                "-Dfile.encoding=UTF-8"));
        if (atFullSpeed) {
            options.addAll(COMPILING_LAST);
        }
        // A library still uses memory access that newer JDKs warn of; older ones do not know the option.
        if (Runtime.version().feature() >= 23) {
            options.add("--sun-misc-unsafe-memory-access=allow");
        }
        return options;
    }

    /** In MiB. An image is read with archives of 128 MiB in memory. */
    private static int heap(String name) {
        return switch (name) {
            case SENSOR -> 80;
            case "gateway" -> 96;
            case "image-scan" -> 384;
            default -> 160;
        };
    }

    private Map<String, String> environment(OneMachine machine, String name, String process, int port) {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("PLIMSOLL_HOST", "127.0.0.1");
        environment.put("PLIMSOLL_PORT", Integer.toString(port));
        environment.put("PLIMSOLL_ADDRESS", "127.0.0.1:" + port);
        environment.put("PLIMSOLL_ISSUER", machine.keycloak().access().issuer().toString());
        environment.put("PLIMSOLL_CLIENT_ID", machine.keycloak().access().clientId(name));
        environment.put("PLIMSOLL_CLIENT_SECRET", machine.keycloak().access().clientSecret(name));
        environment.put(
                "PLIMSOLL_DATA",
                machine.places().data().resolve("services").resolve(process).toString());
        if (name.equals("gateway")) {
            for (String other : BEHIND_THE_GATEWAY) {
                environment.put(
                        "PLIMSOLL_" + other.replace('-', '_').toUpperCase(Locale.ROOT),
                        "127.0.0.1:" + port(machine, other));
            }
        } else {
            DatabaseAccess database = machine.postgres().access(name);
            environment.put("PLIMSOLL_DB_HOST", database.host());
            environment.put("PLIMSOLL_DB_PORT", Integer.toString(database.port()));
            environment.put("PLIMSOLL_DB_NAME", database.database());
            environment.put("PLIMSOLL_DB_SCHEMA", database.schema());
            environment.put("PLIMSOLL_DB_USER", database.user());
            environment.put("PLIMSOLL_DB_PASSWORD", database.password());
            environment.put("PLIMSOLL_KAFKA", machine.kafka().bootstrapServers());
        }
        environment.putAll(settings);
        return environment;
    }
}
