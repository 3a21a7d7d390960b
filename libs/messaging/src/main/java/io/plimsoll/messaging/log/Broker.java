package io.plimsoll.messaging.log;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeSet;
import org.apache.kafka.clients.CommonClientConfigs;

/**
 * The brokers, and how a client proves who it is.
 *
 * @param servers {@code host:port}, several separated by commas
 * @param access a file of Kafka's own client settings, those of {@code security.}, {@code sasl.} and {@code ssl.} alone; empty where the
 *     listener is plain. Read anew by each client, so that what it says can be exchanged
 */
public record Broker(String servers, Optional<Path> access) {

    private static final long BYTES_MAX = 64 * 1024;

    /** One with a plain listener. */
    public static Broker plain(String servers) {
        return new Broker(servers, Optional.empty());
    }

    /**
     * What every client of it is told first.
     *
     * @throws IllegalStateException when the file cannot be read or says more than it may, in one line
     */
    public Map<String, Object> settings() {
        Map<String, Object> settings = new HashMap<>();
        access.ifPresent(file -> settings.putAll(read(file)));
        settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, servers);
        return settings;
    }

    private static Map<String, Object> read(Path file) {
        Properties said = new Properties();
        try {
            if (Files.size(file) > BYTES_MAX) {
                throw new IllegalStateException(
                        "the broker's access settings " + file + " have more than " + BYTES_MAX + " bytes");
            }
            try (Reader in = Files.newBufferedReader(file)) {
                said.load(in);
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new IllegalStateException(
                    "the broker's access settings " + file + " cannot be read: "
                            + e.getClass().getSimpleName(),
                    e);
        }
        Map<String, Object> settings = new HashMap<>();
        // In order, so that the same file is refused with the same words.
        for (String name : new TreeSet<>(said.stringPropertyNames())) {
            if (!name.matches("(security|sasl|ssl)\\..+")) {
                throw new IllegalStateException("the broker's access settings " + file
                        + " may say how to be let in (security., sasl., ssl.), not " + name);
            }
            settings.put(name, said.getProperty(name).strip());
        }
        return settings;
    }
}
