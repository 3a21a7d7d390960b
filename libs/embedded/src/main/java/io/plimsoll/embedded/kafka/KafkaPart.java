package io.plimsoll.embedded.kafka;

import io.plimsoll.embedded.place.PartsFolder;
import io.plimsoll.embedded.place.Places;
import io.plimsoll.embedded.place.Ports;
import io.plimsoll.embedded.place.Unix;
import io.plimsoll.embedded.supervise.Command;
import io.plimsoll.embedded.supervise.Part;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The broker, with its topics: one node that is its own controller (KRaft), both listeners on loopback. */
public final class KafkaPart implements Part {

    public static final String NAME = "kafka";

    private final PartsFolder parts;
    private final Places places;
    private final Ports ports;

    public KafkaPart(PartsFolder parts, Places places, Ports ports) {
        this.parts = parts;
        this.places = places;
        this.ports = ports;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<String> needs() {
        return List.of();
    }

    public String bootstrapServers() {
        return "127.0.0.1:" + ports.kafka();
    }

    @Override
    public Command command() throws IOException {
        Unix.createFolder(home(), "rwx------");
        Files.deleteIfExists(readyFile());
        Path settings = home().resolve("server.properties");
        Files.writeString(
                settings,
                settings().entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue() + "\n")
                        .sorted()
                        .collect(Collectors.joining()));
        String classPath =
                parts.brokerJars().stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        return new Command(
                List.of(
                        Unix.java().toString(),
                        "-Xms32m",
                        "-Xmx160m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-Xshare:auto",
                        "-XX:+AutoCreateSharedArchive",
                        "-XX:SharedArchiveFile=" + home().resolve("broker.jsa"),
                        "-Xlog:cds=off",
                        "-Xlog:cds+dynamic=off",
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                        "-Dorg.slf4j.simpleLogger.showDateTime=true",
                        "-Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd'T'HH:mm:ss.SSSXXX",
                        "-cp",
                        classPath,
                        "io.plimsoll.embedded.broker.Broker",
                        settings.toString(),
                        parts.topics().toString(),
                        readyFile().toString()),
                Map.of("TZ", "UTC"),
                home());
    }

    private Map<String, String> settings() {
        String broker = "PLAINTEXT://" + bootstrapServers();
        String controller = "127.0.0.1:" + ports.kafkaController();
        return Map.ofEntries(
                Map.entry("process.roles", "broker,controller"),
                Map.entry("node.id", "1"),
                Map.entry("controller.quorum.voters", "1@" + controller),
                Map.entry("listeners", broker + ",CONTROLLER://" + controller),
                Map.entry("advertised.listeners", broker),
                Map.entry("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT"),
                Map.entry("controller.listener.names", "CONTROLLER"),
                Map.entry("inter.broker.listener.name", "PLAINTEXT"),
                Map.entry("log.dirs", home().resolve("data").toString()),
                Map.entry("auto.create.topics.enable", "false"),
                Map.entry("default.replication.factor", "1"),
                Map.entry("offsets.topic.replication.factor", "1"),
                Map.entry("offsets.topic.num.partitions", "3"),
                Map.entry("transaction.state.log.replication.factor", "1"),
                Map.entry("transaction.state.log.num.partitions", "3"),
                Map.entry("transaction.state.log.min.isr", "1"),
                Map.entry("share.coordinator.state.topic.replication.factor", "1"),
                Map.entry("share.coordinator.state.topic.num.partitions", "3"),
                Map.entry("share.coordinator.state.topic.min.isr", "1"),
                Map.entry("group.initial.rebalance.delay.ms", "0"),
                // A registration that a killed broker left has to run out before it may come back.
                Map.entry("broker.session.timeout.ms", "2000"),
                Map.entry("broker.heartbeat.interval.ms", "500"),
                Map.entry("log.cleaner.threads", "1"),
                Map.entry("log.cleaner.dedupe.buffer.size", "4194304"),
                Map.entry("log.index.size.max.bytes", "1048576"),
                Map.entry("num.network.threads", "2"),
                Map.entry("num.io.threads", "4"),
                Map.entry("num.recovery.threads.per.data.dir", "2"));
    }

    @Override
    public boolean ready() {
        return Files.exists(readyFile()) && BrokerProbe.answers(ports.kafka());
    }

    @Override
    public Duration startWithin() {
        return Duration.ofMinutes(2);
    }

    @Override
    public Duration stopWithin() {
        return Duration.ofSeconds(30);
    }

    @Override
    public String address() {
        return bootstrapServers();
    }

    private Path home() {
        return places.data().resolve("kafka");
    }

    private Path readyFile() {
        return home().resolve("ready");
    }
}
