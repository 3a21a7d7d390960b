package io.plimsoll.embedded;

import io.plimsoll.embedded.kafka.KafkaPart;
import io.plimsoll.embedded.keycloak.KeycloakPart;
import io.plimsoll.embedded.place.DatabaseUser;
import io.plimsoll.embedded.place.PartsFolder;
import io.plimsoll.embedded.place.Places;
import io.plimsoll.embedded.place.Ports;
import io.plimsoll.embedded.place.Secrets;
import io.plimsoll.embedded.postgres.PostgresPart;
import io.plimsoll.embedded.service.ServicePart;
import io.plimsoll.embedded.service.ServiceProcess;
import io.plimsoll.embedded.supervise.RestartRule;
import io.plimsoll.embedded.supervise.RunFile;
import io.plimsoll.embedded.supervise.RunLock;
import io.plimsoll.embedded.supervise.Supervisor;
import io.plimsoll.embedded.supervise.Watcher;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * The platform's infrastructure under one data folder: PostgreSQL, Kafka and Keycloak, watched over until it is closed. One for each data
 * folder; the caller's process must live as long as it.
 */
public final class OneMachine implements AutoCloseable {

    /** Services of the map: each has a database role with a schema of its own, and a client in the realm. */
    public static final List<String> SERVICES =
            List.of("gateway", "inventory", "config-audit", "network-segmentation", "image-scan", "stage-scoring");

    private static final int GATEWAY = 0;

    /**
     * What to start.
     *
     * @param portBase first of the ports, or as last time
     * @param identity whether Keycloak is part of it
     * @param demo whether people and teams to try with are in the realm
     */
    public record Wish(Places places, OptionalInt portBase, boolean identity, boolean demo) {}

    private final RunLock lock;
    private final Ports ports;
    private final Secrets secrets;
    private final PostgresPart postgres;
    private final KafkaPart kafka;
    private final KeycloakPart keycloak;
    private final Supervisor supervisor;
    private final Places places;
    private boolean identityAdded;

    private OneMachine(
            RunLock lock,
            Places places,
            Ports ports,
            Secrets secrets,
            PostgresPart postgres,
            KafkaPart kafka,
            KeycloakPart keycloak,
            Supervisor supervisor) {
        this.lock = lock;
        this.places = places;
        this.ports = ports;
        this.secrets = secrets;
        this.postgres = postgres;
        this.kafka = kafka;
        this.keycloak = keycloak;
        this.supervisor = supervisor;
    }

    /**
     * Checks everything that can be checked, stops what an earlier run left behind, and begins to start the parts; {@link #awaitReady} waits
     * for them.
     *
     * @param tell takes a line for people about what was found
     * @throws EmbeddedProblem when it cannot be started, with what to do about it
     */
    public static OneMachine start(Wish wish, Watcher watcher, Consumer<String> tell)
            throws IOException, InterruptedException {
        PartsFolder parts = PartsFolder.find();
        DatabaseUser user = DatabaseUser.ofThisProcess();
        Places places = wish.places();
        places.prepare(user);
        RunLock lock = RunLock.take(places.data());
        try {
            clearUp(places, tell);
            Ports ports = Ports.choose(places.data(), wish.portBase());
            Ports.requireFree(ports.infrastructure());
            Secrets secrets = Secrets.in(places.data());
            PostgresPart postgres = new PostgresPart(parts.postgresArchive(), places, user, ports.postgresql(), secrets)
                    .withSchemasOf(SERVICES);
            KafkaPart kafka = new KafkaPart(parts, places, ports);
            KeycloakPart keycloak = new KeycloakPart(
                    parts,
                    places,
                    ports,
                    secrets,
                    postgres.keycloak(),
                    new KeycloakPart.RealmChoice(
                            SERVICES, URI.create("http://127.0.0.1:" + ports.service(GATEWAY)), wish.demo()));
            Supervisor supervisor = new Supervisor(places.data(), RestartRule.USUAL, watcher);
            supervisor.add(postgres);
            supervisor.add(kafka);
            OneMachine machine = new OneMachine(lock, places, ports, secrets, postgres, kafka, keycloak, supervisor);
            if (wish.identity()) {
                machine.addIdentity();
            }
            supervisor.start();
            return machine;
        } catch (IOException | InterruptedException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /** The lock was free, so whoever watched over these parts is gone; what still runs of them has no owner. */
    private static void clearUp(Places places, Consumer<String> tell) throws IOException, InterruptedException {
        var left = RunFile.read(RunFile.in(places.data()));
        if (left.isPresent()) {
            List<String> stopped = left.get().stopParts();
            if (!stopped.isEmpty()) {
                tell.accept("stopped what an earlier run left behind: " + String.join(", ", stopped));
            }
        }
    }

    /** Adds Keycloak to a run that was started without; nothing happens when it is part of it. */
    public synchronized void addIdentity() {
        if (!identityAdded) {
            identityAdded = true;
            supervisor.add(keycloak);
        }
    }

    /**
     * Adds services: each is started when those it needs are ready, and watched over like the rest. {@link #awaitReady} waits for them too.
     *
     * @throws EmbeddedProblem when one's port is in use; none is added then
     */
    public void add(List<ServiceProcess> services) {
        Map<String, Integer> wanted = new LinkedHashMap<>();
        services.forEach(service -> wanted.put(service.name(), service.port()));
        Ports.requireFree(wanted);
        services.forEach(service -> supervisor.add(new ServicePart(service, places.data())));
    }

    /**
     * Waits until all parts are ready.
     *
     * @throws EmbeddedProblem naming the part that could not be started and why
     */
    public void awaitReady() throws InterruptedException {
        supervisor.awaitReady();
    }

    /** Waits until everything has ended, by {@link #close} or by a signal that called it. */
    public void awaitEnd() throws InterruptedException {
        supervisor.awaitEnd();
    }

    /** Where it lies. */
    public Places places() {
        return places;
    }

    public Ports ports() {
        return ports;
    }

    public PostgresPart postgres() {
        return postgres;
    }

    public KafkaPart kafka() {
        return kafka;
    }

    /** Only of use where identity was wished for. */
    public KeycloakPart keycloak() {
        return keycloak;
    }

    public Secrets secrets() {
        return secrets;
    }

    public Supervisor supervisor() {
        return supervisor;
    }

    /** Stops all parts in reverse order and waits for their end. */
    @Override
    public void close() {
        supervisor.close();
        lock.close();
    }
}
