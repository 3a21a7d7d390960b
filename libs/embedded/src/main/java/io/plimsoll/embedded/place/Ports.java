package io.plimsoll.embedded.place;

import io.plimsoll.embedded.EmbeddedProblem;
import java.io.IOException;
import java.io.Reader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Which port each part listens on: a base and fixed offsets, so that an address stays the same from run to run (it is
 * part of the issuer's name in every token). All on loopback.
 *
 * @param base the first port
 */
public record Ports(int base) {

    /** Ports of one installation: infrastructure below {@link #SERVICES_FROM}, services from there. */
    static final int SPAN = 30;

    private static final int SERVICES_FROM = 10;
    private static final int FIRST_BASE = 27400;
    private static final int BASES_TRIED_MAX = 50;

    public Ports {
        if (base < 1024 || base > 65_535 - SPAN) {
            throw new EmbeddedProblem("not a port to begin with: " + base + " (1024 to " + (65_535 - SPAN) + ")");
        }
    }

    public int postgresql() {
        return base;
    }

    public int kafka() {
        return base + 1;
    }

    public int kafkaController() {
        return base + 2;
    }

    public int keycloak() {
        return base + 3;
    }

    public int keycloakManagement() {
        return base + 4;
    }

    /** The port of the service with that place in the list, from 0. */
    public int service(int index) {
        if (index < 0 || index >= SPAN - SERVICES_FROM) {
            throw new IllegalArgumentException("no port for service number " + index);
        }
        return base + SERVICES_FROM + index;
    }

    /** Infrastructure's ports by the name of who listens. */
    public Map<String, Integer> infrastructure() {
        Map<String, Integer> ports = new LinkedHashMap<>();
        ports.put("postgresql", postgresql());
        ports.put("kafka", kafka());
        ports.put("kafka controller", kafkaController());
        ports.put("keycloak", keycloak());
        ports.put("keycloak management", keycloakManagement());
        return ports;
    }

    /**
     * The ports of the installation in {@code data}: those asked for, else those it had, else the first free block.
     * What was chosen is kept.
     */
    public static Ports choose(Path data, OptionalInt asked) throws IOException {
        Path file = data.resolve("ports.properties");
        Optional<Ports> kept = read(file);
        Ports ports;
        if (asked.isPresent()) {
            ports = new Ports(asked.getAsInt());
        } else if (kept.isPresent()) {
            ports = kept.get();
        } else {
            ports = firstFree();
        }
        if (!kept.equals(Optional.of(ports))) {
            Unix.writePrivately(file, "base=" + ports.base() + "\n");
        }
        return ports;
    }

    /** A block that is free now, below the range that outgoing connections take theirs from; for tests. */
    public static Ports anyFree() {
        for (int tries = 0; tries < BASES_TRIED_MAX; tries++) {
            Ports ports = new Ports(ThreadLocalRandom.current().nextInt(14_000, 30_000));
            if (ports.free()) {
                return ports;
            }
        }
        throw new EmbeddedProblem("no block of " + SPAN + " free ports between 14000 and 30000");
    }

    /**
     * Checks that each port can be listened on.
     *
     * @throws EmbeddedProblem naming the first that cannot, and who holds it where that can be told
     */
    public static void requireFree(Map<String, Integer> ports) {
        ports.forEach((who, port) -> {
            if (!isFree(port)) {
                throw new EmbeddedProblem("port " + port + " (" + who + ") is in use"
                        + PortHolder.of(port).map(holder -> " by " + holder).orElse("")
                        + "; stop it, or choose other ports with --port-base");
            }
        });
    }

    static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private boolean free() {
        for (int port = base; port < base + SPAN; port++) {
            if (!isFree(port)) {
                return false;
            }
        }
        return true;
    }

    private static Ports firstFree() {
        for (int n = 0; n < BASES_TRIED_MAX; n++) {
            Ports ports = new Ports(FIRST_BASE + n * SPAN);
            if (ports.free()) {
                return ports;
            }
        }
        throw new EmbeddedProblem(
                "no block of " + SPAN + " free ports from " + FIRST_BASE + "; choose one with --port-base");
    }

    private static Optional<Ports> read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        Properties stored = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            stored.load(reader);
        }
        try {
            return Optional.of(new Ports(Integer.parseInt(stored.getProperty("base", ""))));
        } catch (NumberFormatException e) {
            throw new EmbeddedProblem(file + ": base is not a number; correct it or give --port-base", e);
        }
    }
}
