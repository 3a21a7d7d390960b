package io.plimsoll.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** One upload is one trace, from the gateway over inventory and the topics to the stage. */
class TracesTest {

    private static final String CLUSTER = "traced";

    @Test
    void followsAnUploadThroughGatewayServicesAndTopics() {
        Platform platform = Platform.running();
        Client admin = new Client(platform, "admin");
        admin.settled(CLUSTER, Uploaded.put(admin, Uploaded.file(CLUSTER, Shop.of("step", "shop", 2, 1))));
        Set<String> wanted =
                Set.of("gateway", "inventory", "config-audit", "network-segmentation", "image-scan", "stage-scoring");
        Platform.await(
                "one trace through all services",
                Duration.ofSeconds(30),
                () -> services().values().stream().anyMatch(services -> services.containsAll(wanted)));
        assertThat(Platform.TRACES.spans())
                .anySatisfy(span -> assertThat(span.name()).isEqualTo("config-audit analyse"))
                .anySatisfy(span -> assertThat(span.name()).isEqualTo("stage-scoring score"));
    }

    @Test
    void whatAStepAsksTheDatabaseIsPartOfItAndNothingBeginsThere() {
        Platform platform = Platform.running();
        Client admin = new Client(platform, "admin");
        admin.settled(CLUSTER, Uploaded.put(admin, Uploaded.file(CLUSTER, Shop.of("step", "shop", 2, 0))));
        Set<String> wanted = Set.of("inventory", "stage-scoring");
        Platform.await(
                "one trace through the databases of two services",
                Duration.ofSeconds(30),
                () -> Platform.TRACES.spans().stream()
                        .filter(TraceCollector.Span::database)
                        .collect(Collectors.groupingBy(
                                TraceCollector.Span::trace,
                                Collectors.mapping(TraceCollector.Span::service, Collectors.toSet())))
                        .values()
                        .stream()
                        .anyMatch(services -> services.containsAll(wanted)));
        assertThat(Platform.TRACES.spans())
                .filteredOn(TraceCollector.Span::database)
                .allSatisfy(
                        span -> assertThat(span.parent()).as(span.toString()).isNotEmpty());
    }

    /** Names of the services in each trace. */
    private static Map<String, Set<String>> services() {
        return Platform.TRACES.spans().stream()
                .collect(Collectors.groupingBy(
                        TraceCollector.Span::trace,
                        Collectors.mapping(TraceCollector.Span::service, Collectors.toSet())));
    }
}
