package io.plimsoll.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plimsoll.kubernetes.manifest.SingleDocument;
import io.plimsoll.kubernetes.value.Value;
import io.plimsoll.telemetry.Dictionary;
import io.plimsoll.telemetry.Entry;
import io.plimsoll.testing.Fixtures;
import io.plimsoll.testing.Tools;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every query of every panel, run by a real Prometheus over the real platform under the example estate: it has data, and the data move. */
class DashboardQueriesTest {

    private static final Path GRAFANA = Fixtures.repository().resolve("deploy/grafana");
    private static final Path EXAMPLES = Fixtures.repository().resolve("deploy/examples");

    @TempDir
    Path work;

    /** What lies below clusters has none. */
    private static final Set<String> GAUGED = Set.of("organisation", "team", "cluster");

    /** @param steady why its values rightly stay as they are; empty when they must move */
    private record Query(String panel, String text, String steady) {

        boolean moves() {
            return steady.isEmpty();
        }
    }

    @Test
    void haveDataThatMovesWithTheEstate() throws IOException {
        Optional<Path> binary = Tools.find("prometheus");
        assumeTrue(binary.isPresent(), "prometheus is absent: .ci/prometheus-tools fetches it");
        List<Query> queries = queries();
        Platform platform = Platform.running();
        Client admin = new Client(platform, "admin");
        try (Prometheus prometheus = Prometheus.scraping(platform, binary.orElseThrow(), work)) {
            for (Estate.Upload upload : examples()) {
                admin.settled(upload.cluster(), Uploaded.put(admin, upload));
            }
            // Gauges follow some seconds behind: what they show of an earlier estate is no "before" of this one.
            Platform.await(
                    "gauges of this estate",
                    Duration.ofSeconds(60),
                    () -> prometheus
                            .query("max by (scope) (plimsoll_freeboard{bound=\"high\"})")
                            .equals(freeboards(admin)));
            Map<Query, SortedMap<String, String>> before = new LinkedHashMap<>();
            awaitAll("data", admin, queries, query -> {
                SortedMap<String, String> values = prometheus.query(query.text());
                before.put(query, values);
                return !values.isEmpty();
            });
            // A fifth cluster, below the line: in production, privileged containers of moving images, in the open
            // without a
            // policy; and one namespace that lets nothing out.
            String revision = Uploaded.put(admin, worse());
            admin.settled("reckless", revision);
            awaitAll(
                    "values that move",
                    admin,
                    queries.stream().filter(Query::moves).toList(),
                    query -> {
                        SortedMap<String, String> values = prometheus.query(query.text());
                        return !values.isEmpty() && !values.equals(before.get(query));
                    });
            namesAreThoseOfTheDictionary(prometheus);
        } finally {
            // Others count what is there.
            admin.settled("reckless", Uploaded.put(admin, better()));
        }
    }

    /** Of all scopes that have gauges, as a query has them. */
    private static SortedMap<String, String> freeboards(Client admin) {
        SortedMap<String, String> high = new TreeMap<>();
        for (JsonNode scope : admin.all("/api/v1/scopes")) {
            if (GAUGED.contains(scope.get("kind").asText())) {
                high.put(
                        new ObjectMapper()
                                .createObjectNode()
                                .put("scope", scope.get("scope").asText())
                                .toString(),
                        scope.at("/freeboard/high").asText());
            }
        }
        return high;
    }

    /** No name that the dictionary does not have; none of the dictionary's that nobody shows, but those of sensors, which are not here. */
    private static void namesAreThoseOfTheDictionary(Prometheus prometheus) {
        TreeSet<String> shown = new TreeSet<>();
        prometheus.names("plimsoll_").forEach(name -> shown.add(name.asText()));
        TreeSet<String> known =
                Dictionary.entries().stream().map(Entry::name).collect(Collectors.toCollection(TreeSet::new));
        assertThat(known).containsAll(shown);
        known.removeIf(name -> name.startsWith("plimsoll_sensor_"));
        assertThat(shown).containsAll(known);
        assertThat(Double.parseDouble(prometheus
                        .query("count({__name__=~\"plimsoll_.*\"})")
                        .values()
                        .iterator()
                        .next()))
                .isLessThan(Dictionary.SERIES_MAX);
    }

    private interface Check {
        boolean holds(Query query);
    }

    /** Says all that miss, not the first. Asks the platform meanwhile: without requests there is no mean time of one. */
    private static void awaitAll(String what, Client asker, List<Query> queries, Check check) {
        List<Query> open = new ArrayList<>(queries);
        try {
            Platform.await(what, Duration.ofSeconds(60), () -> {
                asker.get("/api/v1/scopes");
                open.removeIf(check::holds);
                return open.isEmpty();
            });
        } catch (AssertionError e) {
            throw new AssertionError(
                    "no " + what + ":\n"
                            + open.stream()
                                    .map(query -> query.panel() + ": " + query.text())
                                    .collect(Collectors.joining("\n")),
                    e);
        }
    }

    private static List<Query> queries() throws IOException {
        List<Query> queries = new ArrayList<>();
        try (Stream<Path> files = Files.list(GRAFANA.resolve("dashboards"))) {
            for (Path file : files.sorted().toList()) {
                String name = file.getFileName().toString();
                Map<String, String> steady = steady(name.replace(".json", ".yaml"));
                JsonNode dashboard = new ObjectMapper().readTree(file.toFile());
                for (JsonNode panel : dashboard.get("panels")) {
                    for (JsonNode target : panel.get("targets")) {
                        String text = target.get("expr").asText();
                        queries.add(new Query(
                                name + ", " + panel.get("title").asText(),
                                text.replace("$scope", "organisation").replace("$__rate_interval", "10s"),
                                steady.getOrDefault(text, "")));
                    }
                }
            }
        }
        assertThat(queries).hasSizeGreaterThan(30);
        assertThat(queries.stream().filter(Query::moves)).hasSizeGreaterThan(queries.size() / 2);
        return queries;
    }

    private static Map<String, String> steady(String page) throws IOException {
        Map<String, String> steady = new LinkedHashMap<>();
        for (Value panel : document(GRAFANA.resolve("source").resolve(page)).items("panels")) {
            for (Value query : panel.items("queries")) {
                steady.put(query.text("expr"), query.text("steady"));
            }
        }
        return steady;
    }

    private static Value document(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return SingleDocument.read(file.toString(), in);
        }
    }

    private static List<Estate.Upload> examples() throws IOException {
        List<Estate.Upload> uploads = new ArrayList<>();
        for (Value cluster : document(EXAMPLES.resolve("estate.yaml")).items("clusters")) {
            for (Value source : cluster.items("sources")) {
                Path folder = EXAMPLES.resolve(source.text("path"));
                SortedMap<String, byte[]> files = new TreeMap<>();
                try (Stream<Path> found = Files.list(folder)) {
                    for (Path file : found.sorted().toList()) {
                        files.put(source.text("path") + "/" + file.getFileName(), Files.readAllBytes(file));
                    }
                }
                uploads.add(
                        new Estate.Upload(cluster.text("name"), source.text("path"), source.text("namespace"), files));
            }
        }
        return uploads;
    }

    private static Estate.Upload worse() {
        SortedMap<String, byte[]> files = new TreeMap<>();
        files.put(
                "worse.yaml",
                Uploads.bytes(Shop.of("reckless", "payments", 30, 30)
                                .replaceAll("registry.example/web:[0-9]+", "web:latest")
                                .replace(
                                        "  labels: {team: payments}\n",
                                        "  labels: {team: payments, environment: production}\n")
                        + """
                                ---
                                apiVersion: v1
                                kind: ResourceQuota
                                metadata: {name: all, namespace: reckless}
                                spec: {hard: {pods: "100"}}
                                ---
                                apiVersion: v1
                                kind: Service
                                metadata: {name: web, namespace: reckless}
                                spec: {type: LoadBalancer, selector: {app: web-0}, ports: [{port: 80}]}
                                ---
                                """
                        + Shop.of("calm", "payments", 1, 0)
                        + """
                                ---
                                apiVersion: networking.k8s.io/v1
                                kind: NetworkPolicy
                                metadata: {name: nothing, namespace: calm}
                                spec: {podSelector: {}, policyTypes: [Ingress, Egress]}
                                """));
        return new Estate.Upload("reckless", "files", "", files);
    }

    private static Estate.Upload better() {
        SortedMap<String, byte[]> files = new TreeMap<>();
        files.put("better.yaml", Uploads.bytes(Shop.of("reckless", "payments", 0, 0)));
        return new Estate.Upload("reckless", "files", "", files);
    }
}
