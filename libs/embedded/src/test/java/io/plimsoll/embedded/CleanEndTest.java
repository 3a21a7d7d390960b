package io.plimsoll.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.plimsoll.embedded.kafka.KafkaPart;
import io.plimsoll.embedded.place.Places;
import io.plimsoll.embedded.place.Ports;
import io.plimsoll.embedded.postgres.PostgresPart;
import io.plimsoll.embedded.service.ServiceProcess;
import io.plimsoll.embedded.supervise.RunFile;
import io.plimsoll.embedded.supervise.Watcher;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Tag("parts")
@Timeout(300)
class CleanEndTest {

    @TempDir
    Path data;

    @Test
    void leavesNoProcessAndNoPort() throws Exception {
        List<ProcessHandle> processes;
        Ports ports = Ports.anyFree();
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (OneMachine machine = OneMachine.start(
                new OneMachine.Wish(
                        new Places(data, Places.defaultCache()), OptionalInt.of(ports.base()), false, false),
                Watcher.SILENT,
                line -> {})) {
            // One service more: whatever it is, it is ready when its address answers.
            HttpServer ready = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
            ready.createContext("/", exchange -> {
                exchange.sendResponseHeaders(200, -1);
                exchange.close();
            });
            ready.start();
            machine.add(List.of(new ServiceProcess(
                    "gateway",
                    jarThatSleeps(),
                    List.of("-Xmx16m"),
                    Map.of(),
                    ports.service(0),
                    URI.create("http://127.0.0.1:" + ready.getAddress().getPort() + "/"),
                    Duration.ofSeconds(60),
                    List.of(PostgresPart.NAME, KafkaPart.NAME))));
            machine.awaitReady();
            assertThatThrownBy(() -> OneMachine.start(
                            new OneMachine.Wish(machine.places(), OptionalInt.empty(), false, false),
                            Watcher.SILENT,
                            line -> {}))
                    .isInstanceOf(EmbeddedProblem.class)
                    .hasMessageContaining("the data folder " + data + " is in use");
            processes = Stream.of(PostgresPart.NAME, KafkaPart.NAME, "gateway")
                    .map(part -> machine.supervisor().process(part).orElseThrow())
                    .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
                    .toList();
            ready.stop(0);
        }
        assertThat(processes).hasSizeGreaterThan(3).noneMatch(ProcessHandle::isAlive);
        for (int port : ports.infrastructure().values()) {
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                assertThat(socket.isBound()).isTrue();
            }
        }
        assertThat(RunFile.in(data)).doesNotExist();
    }

    private Path jarThatSleeps() throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, Sleeper.class.getName());
        Path jar = data.resolve("sleeper.jar");
        String name = Sleeper.class.getName().replace('.', '/') + ".class";
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest);
                InputStream in = Objects.requireNonNull(Sleeper.class.getResourceAsStream("/" + name))) {
            out.putNextEntry(new ZipEntry(name));
            in.transferTo(out);
            out.closeEntry();
        }
        return jar;
    }

    /** A service that does nothing but live. */
    public static final class Sleeper {
        private Sleeper() {}

        public static void main(String[] args) throws InterruptedException {
            Thread.sleep(Duration.ofMinutes(10));
        }
    }
}
