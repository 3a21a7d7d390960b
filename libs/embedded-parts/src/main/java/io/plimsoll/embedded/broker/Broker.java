package io.plimsoll.embedded.broker;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;

/**
 * Main class of the broker: {@code Broker SERVER_PROPERTIES TOPICS_YAML READY_FILE}. Storage is formatted only where it
 * is not. Once the topics are there, the ready file holds this process's id; until then it does not exist. Exit code 1
 * with one line on standard error says what is wrong.
 */
public final class Broker {

    private static final String PLAIN = "PLAINTEXT://";

    /** Sixteen bytes as Kafka writes identifiers; one machine has one cluster, so a fixed one serves. */
    private static final String CLUSTER_ID = "UGxpbXNvbGxPbmVNYWNoaQ";

    private Broker() {}

    public static void main(String[] args) throws Exception {
        Path ready = Path.of(args[2]);
        Files.deleteIfExists(ready);
        Properties settings = new Properties();
        try (InputStream in = Files.newInputStream(Path.of(args[0]))) {
            settings.load(in);
        }
        List<Topic> topics = TopicCatalogue.read(Path.of(args[1]));
        format(settings);

        KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(settings, false), Time.SYSTEM);
        Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown, "broker-shutdown"));
        server.startup();
        try {
            TopicCreation.ensure(plain(settings.getProperty("advertised.listeners")), topics);
        } catch (TopicCreation.TopicMismatch mismatch) {
            System.err.println("broker: " + mismatch.getMessage());
            System.exit(1);
        }
        announce(ready);
        server.awaitShutdown();
    }

    private static void format(Properties settings) throws Exception {
        String directory = settings.getProperty("log.dirs");
        if (Files.exists(Path.of(directory, "meta.properties"))) {
            return;
        }
        new Formatter()
                .setClusterId(CLUSTER_ID)
                .setNodeId(Integer.parseInt(settings.getProperty("node.id")))
                .setDirectories(List.of(directory))
                .setMetadataLogDirectory(directory)
                .setControllerListenerName(settings.getProperty("controller.listener.names"))
                .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
                .setIgnoreFormatted(true)
                .setPrintStream(System.out)
                .run();
    }

    /** Of several doors the one that asks for nothing: a client that knocks at another waits for ever. */
    private static String plain(String listeners) {
        for (String listener : listeners.split(",")) {
            if (listener.strip().startsWith(PLAIN)) {
                return listener.strip().substring(PLAIN.length());
            }
        }
        throw new IllegalArgumentException("no listener of " + PLAIN + " in " + listeners);
    }

    private static void announce(Path ready) throws IOException {
        Path draft = ready.resolveSibling(ready.getFileName() + ".draft");
        Files.writeString(draft, Long.toString(ProcessHandle.current().pid()));
        Files.move(
                draft,
                ready,
                java.nio.file.StandardCopyOption.ATOMIC_MOVE,
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }
}
