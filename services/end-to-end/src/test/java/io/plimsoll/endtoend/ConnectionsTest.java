package io.plimsoll.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.testing.Fixtures;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whoever has a database waits for others' locks within a bound, and notices that a connection was left behind. */
class ConnectionsTest {

    private static final String JDBC = "quarkus.datasource.jdbc.";

    @Test
    void everyServiceBoundsItsWaitForLocksAndAsksIdleConnections() throws IOException {
        List<String> looked = new ArrayList<>();
        try (Stream<Path> services = Files.list(Fixtures.repository().resolve("services"))) {
            for (Path service : services.sorted().toList()) {
                Path file = service.resolve("src/main/resources/application.properties");
                if (!Files.isRegularFile(file)) {
                    continue;
                }
                Properties settings = new Properties();
                try (Reader reader = Files.newBufferedReader(file)) {
                    settings.load(reader);
                }
                if (settings.containsKey(JDBC + "url")) {
                    looked.add(service.getFileName().toString());
                    assertThat(settings)
                            .as("%s", service.getFileName())
                            .containsEntry(JDBC + "new-connection-sql", "set lock_timeout = '30s'")
                            .containsEntry(JDBC + "foreground-validation-interval", "1S");
                }
            }
        }
        assertThat(looked)
                .containsExactly("config-audit", "image-scan", "inventory", "network-segmentation", "stage-scoring");
    }
}
