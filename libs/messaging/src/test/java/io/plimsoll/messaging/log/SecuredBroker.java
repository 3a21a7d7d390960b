package io.plimsoll.messaging.log;

import io.plimsoll.embedded.place.PartsFolder;
import io.plimsoll.embedded.place.Unix;
import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A broker with a listener that speaks TLS and asks for a name and a password; another, plain, is its own. */
final class SecuredBroker implements AutoCloseable {

    static final String PASSWORD = "a-word-of-the-test";

    private final Path folder;
    private final int port;
    private final Process process;

    SecuredBroker(Path folder) throws IOException, InterruptedException {
        this.folder = folder;
        this.port = freePort();
        certificate();
        int own = freePort();
        int controller = freePort();
        Path settings = Files.writeString(folder.resolve("server.properties"), """
                process.roles=broker,controller
                node.id=1
                controller.quorum.voters=1@127.0.0.1:%2$d
                listeners=PLAINTEXT://127.0.0.1:%1$d,SECURED://127.0.0.1:%3$d,CONTROLLER://127.0.0.1:%2$d
                advertised.listeners=PLAINTEXT://127.0.0.1:%1$d,SECURED://127.0.0.1:%3$d
                listener.security.protocol.map=PLAINTEXT:PLAINTEXT,SECURED:SASL_SSL,CONTROLLER:PLAINTEXT
                controller.listener.names=CONTROLLER
                inter.broker.listener.name=PLAINTEXT
                sasl.enabled.mechanisms=PLAIN
                listener.name.secured.plain.sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required \
                user_plimsoll="%4$s";
                ssl.keystore.type=PKCS12
                ssl.keystore.location=%5$s
                ssl.keystore.password=%4$s
                log.dirs=%6$s
                auto.create.topics.enable=false
                log.cleaner.threads=1
                log.cleaner.dedupe.buffer.size=4194304
                log.index.size.max.bytes=1048576
                offsets.topic.replication.factor=1
                transaction.state.log.replication.factor=1
                transaction.state.log.num.partitions=3
                transaction.state.log.min.isr=1
                """.formatted(
                        own, controller, port, PASSWORD, store(), folder.resolve("data")));
        PartsFolder parts = PartsFolder.find();
        Path ready = folder.resolve("ready");
        process = new ProcessBuilder(
                        Unix.java().toString(),
                        "-Xmx160m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        parts.brokerJars().stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)),
                        "io.plimsoll.embedded.broker.Broker",
                        settings.toString(),
                        parts.topics().toString(),
                        ready.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        for (int tries = 0; !Files.exists(ready); tries++) {
            if (!process.isAlive() || tries > 1_200) {
                close();
                throw new IOException("the broker is not ready: " + Files.readString(folder.resolve("log")));
            }
            Thread.sleep(100);
        }
    }

    /** Where it asks who one is. */
    String secured() {
        return "127.0.0.1:" + port;
    }

    /** What a client says who knows the password, or another word. */
    Path access(String name, String password) throws IOException {
        return Files.writeString(folder.resolve(name), """
                security.protocol=SASL_SSL
                sasl.mechanism=PLAIN
                sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required username="plimsoll" password="%s";
                ssl.truststore.type=PKCS12
                ssl.truststore.location=%s
                ssl.truststore.password=%s
                """.formatted(password, store(), PASSWORD));
    }

    private Path store() {
        return folder.resolve("broker.p12");
    }

    private void certificate() throws IOException, InterruptedException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "broker",
                "-keyalg",
                "EC",
                "-dname",
                "CN=127.0.0.1",
                "-ext",
                "SAN=ip:127.0.0.1",
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-keystore",
                store().toString(),
                "-storepass",
                PASSWORD);
        Process made = new ProcessBuilder(command).inheritIO().start();
        if (!made.waitFor(60, TimeUnit.SECONDS) || made.exitValue() != 0) {
            throw new IOException("no certificate");
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
